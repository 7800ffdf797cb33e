"""Words that the checks look for. Data, no rules; those of kinds are in ``domain.kind_words``."""

from __future__ import annotations

import re

QUANTITY = re.compile(r"数量")
QUALITY = re.compile(r"质量")
TIMELINESS = re.compile(r"时效")
ECONOMIC = re.compile(r"经济效益")
SOCIAL = re.compile(r"社会效益")
SATISFACTION = re.compile(r"满意")
OUTPUTS = re.compile(r"产出|数量|质量|时效")
OUTCOMES = re.compile(r"效益|可持续|效果")

_BAD = (
    "投诉|差错|失误|误差|事故|死亡|伤亡|逾期|拖欠|违规|违法|返贫|流失|损失|损耗|空置|闲置|欠费|失业|辍学"
    "|污染|排放|能耗|信访|超期|结余|退件|不合格|不良|故障|滞后|延误|漏报|发病|感染|复发|负债"
)
BAD = re.compile(_BAD)
"""What is wanted low; a ceiling suits it, a floor does not."""
BAD_ITSELF = re.compile(
    rf"(?:{_BAD})(?:发生|事件|案件|现象|情况)?"
    r"(?:率|数|数量|次数|件数|起数|人数|量|比例|比率|占比|件次)?[)）”\"]?$"
)
"""Names that count what is bad itself: 投诉率, 安全事故发生次数; not 失业人员培训人数."""
BAD_IS_DEALT_WITH = re.compile(
    rf"(?:{_BAD}).{{0,8}}(?:处理|处置|办结|整改|化解|下降|降低|减少|降幅|回复|回应|受理|防控|解决|清理|排查|达标|追缴|追回)"
    r"|(?:查处|追缴|追回|化解|降低|减少|压减|消除|治理|防范|防控|整改|解决|清理|预防|处理|处置|打击|受理|盘活|排查|无害化)"
    rf".{{0,8}}(?:{_BAD})"
)
"""Dealing with what is bad is good: 投诉处理率, 追回违规资金, 事故下降率."""
GOOD_RATE = re.compile(
    r"(?:满意度|合格率|覆盖率|及时率|准确率|知晓率|知晓度|了解度|达标率|完成率|完好率|利用率|参保率|参与率"
    r"|普及率|成活率|验收率|合规率|到位率|兑现率|办结率|征缴率|入学率|就业率|优良率|有效率|安全率|保障率"
    r"|资助率|激活率|结算率|签约率|建档率|巩固率)[)）”\"]?$"
)
"""Shares that are wanted high."""
PUNCTUAL = re.compile(r"及时|时限|办结|响应|完成时间|完成时限|处理时间|办理时间|审批时间|周期|工期")
"""Names of time that is wanted short."""
STANDARD_SAID = re.compile(r"标准|定额|每|人均|户均|亩均|平均|单价|均价")
"""An amount for one, not a total."""

VAGUE = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4})?(?:及时|显著|明显|有效|有所|不断|逐步|持续|进一步|稳步|大幅|较大|良好|提升|提高|改善|增强"
    r"|缓解|保障|明显改善|效果|成效|健全|稳定|拓展|程度|正常|规范|完善|加强|优化|长期|较好|满意|达标|合格|好)"
    r"[\u4e00-\u9fff]{0,6}$"
)
"""Whole values of adverbs and good wishes: 显著提升, 有效保障, 及时."""
PLACEHOLDER = re.compile(
    r"[0-9]{6}|([0-9])\1{1,5}|1|0|[xX]{1,5}|测试|test|待定|待填|示例|样例|同上"
)
"""What is left in a cell to get past a system; 无 and 不适用 say something and are none."""
NOTHING = re.compile(r"(?:本?指标)?不适用|无|/|\\|-+|—+|不涉及|无此项|暂无|n/?a", re.IGNORECASE)

BEYOND_WHOLE = re.compile(
    r"增长|增幅|增速|提高|提升|完成|达成|超|杠杆|倍|回报|收益|产销|同比|上升|保值|增值|拨备|流动比|速动|备付|准备金|偿债|负荷"
)
"""Shares that may pass 100 %: growth, and work done beyond the plan."""
MONEY_SAID = re.compile(r"成本|费|经费|支出|投入|资金|预算|造价|单价|价格|补助|补贴|标准|定额|工资")
"""Names under cost that speak of money; under 生态环境成本 stand rates that are wanted high."""
GENERIC = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}满意度|(?:资金|项目|经费|工作|业务|业务处理|任务)*"
    r"(?:覆盖率|完成率|及时率|合格率|准确率|达标率|合规率|使用合规率|完成及时率|支付及时率|支出及时性|支出时效性|完成时限"
    r"|完成时间|实施周期)|预算控制[数率]|(?:项目)?(?:运行)?总?成本)"
)
"""Names that every form has; alike in two projects they say nothing about either."""
