"""The twelve stories of the sample year: four units, and what became of their projects.

Names, texts and codes are our own; no such county, unit or project exists.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ops.demo.story import (
    COUNTY,
    YEAR,
    Story,
    Unit,
    asked,
    counted,
    dated,
    graded,
    held,
    paid,
    unreported,
)

INSURANCE = Unit("450001", f"{COUNTY}医疗保障局")
CENTRE = Unit("450003", f"{COUNTY}医疗保险中心")
CULTURE = Unit("280001", f"{COUNTY}文化和旅游局")
FARMING = Unit("330002", f"{COUNTY}农业农村局")
UNITS = (INSURANCE, CENTRE, CULTURE, FARMING)

SURE, PERHAPS = "确定能", "有可能"

PAYMENT_DEADLINE = "配套资金支付完成时间"
"""Of ``LUMPS``: the desk lets it be read from payments."""

COST_WITH_WRONG_SIGN = "补助总成本"
"""Of ``ON_PLAN``: printed with ≥, it repeats the budget, and a person confirms ≤."""

REPORTED_AGAIN = ("补助代办员人数", date(YEAR, 6, 30), 94)
"""Of ``ON_PLAN``: a value of June is reported again in August, and the day it stands for."""

REVISED_GOAL = ("补贴农机具台数", "≥320台")
"""Of ``RECOVERED``: what the mid-year revision asks for instead of 400."""

STALLED = Story(
    key="stalled",
    told="五月以后停滞",
    unit=INSURANCE,
    code="13990025P00D01100001A",
    name="困难群众医疗救助补助资金",
    purpose="用于困难群众住院和门诊慢特病救助。",
    objective="困难群众的医疗费用负担进一步减轻。",
    fiscal=Decimal(450),
    goals=(
        counted("数量", "救助困难群众人次", "≥12000人次", ("0.31", "0.33", "0.36")),
        held("质量", "救助对象核对准确率", "≥98%", ("98.6%", "98.5%", "98.5%"), "0.001"),
        held("时效", "救助资金发放及时率", "≥95%", ("93%", "88%", "84%")),
        paid("预算控制数", "≤450万元"),
        graded("社会", "困难群众就医负担", "有效减轻", (PERHAPS, PERHAPS), "部分达成"),
        asked("满意", "救助对象满意度", "≥90%", (SURE, PERHAPS), "88.5%"),
    ),
    curve=(70, 150, 240, 325, 333, 333, 333, 333, 333, 333, 333, 333),
    wobble=4,
)

CARRIED = Story(
    key="carried_over",
    told="上年结转，九月底应用完",
    unit=INSURANCE,
    code="13990025P00D02100001B",
    name="上年结转村级医保服务点改造资金",
    purpose="用于村级医保服务点改造和设备更新。",
    objective="改造村级服务点，让群众就近办事。",
    fiscal=Decimal("22.74"),
    plan=(),
    goals=(
        counted("数量", "村级服务点改造数量", "≥30个", ("0.52", "0.72", "0.78")),
        held("质量", "改造验收合格率", "≥95%", ("96.5%", "96.8%", "97.2%"), "0.001"),
        dated("时效", "改造完成时间", "2025年9月底", "2025-12-12"),
        paid("改造总成本", "≤22.74万元"),
        held("社会", "村级经办服务覆盖率", "≥90%", ("85%", "88%", "91%")),
        asked("满意", "参保群众满意度", "≥85%", (SURE, SURE), "88%"),
    ),
    curve=(100, 210, 310, 390, 480, 575, 650, 682, 682, 682, 682, 682),
)

LATE_MONEY = Story(
    key="late_money",
    told="十月才下达的追加项目",
    unit=INSURANCE,
    code="13990025P00D03100001C",
    name="医保信息平台升级改造项目",
    purpose="用于医保信息平台升级和安全加固。",
    objective="平台年内上线，业务不中断。",
    fiscal=Decimal(100),
    goals=(
        counted("数量", "升级业务模块数量", "≥6个", ("0", "0", "1")),
        held("质量", "系统运行故障率", "≤1%", ("0%", "0%", "0.4%"), "0"),
        dated("时效", "平台上线时间", "2025年12月底", "2025-12-22"),
        paid("升级改造总成本", "≤100万元"),
        asked("满意", "经办人员满意度", "≥90%", (SURE, SURE), "93%"),
    ),
    curve=(0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 530, 850),
    pieces=(3, 4),
    declared_from=date(YEAR, 10, 9),
    arrived_on=date(YEAR, 10, 8),
)

LUMPS = Story(
    key="lumps",
    told="配套资金分两笔拨入社保专户",
    unit=CENTRE,
    code="13990025P00D04100001D",
    name="居民医保县级财政补助资金",
    purpose="用于城乡居民基本医疗保险基金的县级配套。",
    objective="足额安排县级配套，待遇按时支付。",
    fiscal=Decimal(4000),
    goals=(
        held("数量", "居民参保人数", "≥21万人", ("20.6万人", "20.9万人", "21.2万人"), "0"),
        held("质量", "住院费用报销比例", "≥70%", ("71.2%", "71.0%", "71.4%")),
        unreported("时效", PAYMENT_DEADLINE, "2025年12月底"),
        paid("县级配套资金总额", "≤4000万元"),
        graded("社会", "基金收支", "保持平衡", (SURE, SURE), "达成"),
        asked("满意", "参保人员满意度", "≥80", (SURE, SURE), "86%"),
    ),
)

ON_PLAN = Story(
    key="on_plan",
    told="按计划进行",
    unit=CENTRE,
    code="13990025P00D05100001E",
    name="基层医保代办员补助资金",
    purpose="用于村级医保代办员的误工补助。",
    objective="代办员队伍稳定，参保缴费有人办。",
    fiscal=Decimal(24),
    goals=(
        counted("数量", REPORTED_AGAIN[0], "≥160人", ("0.56", "0.8", "1.02")),
        held("质量", "补助发放准确率", "100%", ("100%", "100%", "100%")),
        held("时效", "补助按季发放及时率", "≥95%", ("97%", "96.5%", "97.5%")),
        paid(COST_WITH_WRONG_SIGN, "≥24万元"),
        graded("社会", "参保缴费便利程度", "明显提升", (SURE, SURE), "达成"),
        asked("满意", "代办员满意度", "≥90%", (SURE, SURE), "94%"),
    ),
    curve=(75, 155, 248, 335, 420, 500, 565, 630, 690, 755, 880, 992),
)

FRONT_LOADED = Story(
    key="front_loaded",
    told="前快后慢，五月已用近九成",
    unit=CENTRE,
    code="13990025P00D06100001F",
    name="医保经办业务经费",
    purpose="用于经办窗口运行、资料印制和政策宣传。",
    objective="窗口正常运转，群众少跑腿。",
    fiscal=Decimal(15),
    goals=(
        counted("数量", "政策宣传活动场次", "≥12场", ("0.67", "0.92", "1.17")),
        held("质量", "业务办结率", "≥98%", ("98.8%", "98.9%", "99.1%"), "0.001"),
        held(
            "时效", "业务办理时限", "≤20个工作日", ("16个工作日", "15个工作日", "15个工作日"), "0"
        ),
        paid("业务费控制数", "≤15万元"),
        asked("社会", "医保政策知晓率", "≥80%", (SURE, SURE), "87%"),
        asked("满意", "办事群众满意度", "≥92%", (SURE, SURE), "95%"),
    ),
    curve=(200, 420, 640, 780, 880, 915, 930, 945, 955, 965, 980, 990),
)

LAGGING = Story(
    key="lagging",
    told="先慢后赶",
    unit=CULTURE,
    code="13990025P00D07100001G",
    name="送戏下乡演出补助资金",
    purpose="用于送戏下乡的演出补助和舞台运输。",
    objective="把戏送到村口，丰富群众文化生活。",
    fiscal=Decimal(100),
    other=Decimal(20),
    goals=(
        counted("数量", "送戏下乡场次", "≥150场", ("0.25", "0.68", "1.03")),
        held("质量", "演出验收合格率", "100%", ("100%", "100%", "100%")),
        dated("时效", "演出任务完成时间", "2025年12月20日", "2025-12-16"),
        held("成本", "每场演出补助标准", "≤8000元", ("7800元", "7800元", "7800元"), "0"),
        held("社会", "受益行政村比例", "≥95%", ("88%", "92%", "97%")),
        asked("满意", "观众满意度", "≥90%", (PERHAPS, SURE), "93%"),
    ),
    curve=(30, 70, 120, 160, 200, 240, 320, 440, 590, 710, 860, 980),
)

SILENT = Story(
    key="silent",
    told="从未填报",
    unit=CULTURE,
    code="13990025P00D08100001H",
    name="公共图书馆免费开放资金",
    purpose="用于图书馆免费开放和图书更新。",
    objective="图书馆每周开放，读者随到随借。",
    fiscal=Decimal(60),
    goals=(
        unreported("数量", "接待读者人次", "≥8万人次"),
        unreported("质量", "阅览设施完好率", "≥95%"),
        unreported("时效", "每周开放时间", "≥56小时"),
        paid("免费开放总成本", "≤60万元"),
        unreported("满意", "读者满意度", "≥90%"),
    ),
    curve=(80, 160, 250, 330, 415, 500, 560, 620, 690, 750, 870, 985),
)

OVERSPENT = Story(
    key="overspent",
    told="支出超出预算",
    unit=CULTURE,
    code="13990025P00D09100001J",
    name="县级文物保护修缮项目",
    purpose="用于县级文物保护单位的修缮和安防。",
    objective="完成年度修缮任务，确保文物安全。",
    fiscal=Decimal(200),
    goals=(
        counted("数量", "修缮文物点数量", "≥9处", ("0.56", "0.78", "1")),
        held("质量", "修缮验收合格率", "100%", ("100%", "100%", "100%")),
        dated("时效", "修缮完工时间", "2025年11月底", "2025-11-26"),
        paid("修缮总成本", "≤200万元"),
        held("社会", "文物安全责任事故", "≤0起", ("0起", "0起", "0起")),
        asked("满意", "参观群众满意度", "≥88%", (SURE, SURE), "92%"),
    ),
    curve=(70, 150, 250, 350, 450, 560, 680, 800, 910, 1040, 1060, 1060),
    wobble=5,
)

CORRECTED = Story(
    key="corrected",
    told="录错又更正、支付又冲销、年中追加",
    unit=FARMING,
    code="13990025P00D10100001K",
    name="高标准农田管护资金",
    purpose="用于已建高标准农田的沟渠、泵站和机井管护。",
    objective="管护到位，旱能浇、涝能排。",
    fiscal=Decimal(300),
    spent_of=Decimal(340),
    goals=(
        held("数量", "管护农田面积", "≥5万亩", ("5万亩", "5万亩", "5万亩"), "0"),
        counted("数量", "维修泵站机井数量", "≥80处", ("0.52", "0.79", "1.02")),
        held("质量", "灌排设施完好率", "≥90%", ("91.5%", "92%", "92.5%")),
        held("时效", "管护任务完成率", "100%", ("49%", "76%", "100%")),
        paid("管护资金预算控制率", "≤100%"),
        graded("经济", "粮食产能", "稳定提升", (SURE, SURE), "达成"),
        asked("满意", "种植户满意度", "≥85%", (SURE, SURE), "90%"),
    ),
    curve=(60, 120, 184, 225, 265, 307, 425, 550, 640, 730, 840, 955),
    wobble=4,
)

PAID_FIRST = Story(
    key="paid_first",
    told="先支付、后申报",
    unit=FARMING,
    code="13990025P00D11100001L",
    name="农村人居环境整治资金",
    purpose="用于村庄清洁、垃圾清运和坑塘整治。",
    objective="村庄干净整洁，垃圾日产日清。",
    fiscal=Decimal(180),
    goals=(
        counted("数量", "整治村庄数量", "≥48个", ("0.54", "0.79", "1.04")),
        held("质量", "整治验收合格率", "≥95%", ("97%", "97%", "97.5%")),
        held("时效", "垃圾清运及时率", "≥90%", ("93%", "93.5%", "94%")),
        paid("整治总成本", "≤180万元"),
        graded("社会", "村容村貌", "明显改善", (SURE, SURE), "达成"),
        asked("满意", "村民满意度", "≥88%", (SURE, SURE), "91%"),
    ),
    curve=(70, 150, 240, 325, 415, 495, 560, 625, 690, 750, 875, 990),
    declared_from=date(YEAR, 4, 16),
)

RECOVERED = Story(
    key="recovered",
    told="春季红灯，自行恢复而未说明；年中调整目标",
    unit=FARMING,
    code="13990025P00D12100001M",
    name="农机购置补贴县级配套资金",
    purpose="用于农机购置补贴的县级配套。",
    objective="引导更新农机，提高作业水平。",
    fiscal=Decimal(150),
    goals=(
        counted("数量", REVISED_GOAL[0], "≥400台", ("0.34", "0.6", "0.82")),
        held("质量", "补贴机具核验合格率", "≥98%", ("99.2%", "99.3%", "99.4%"), "0.001"),
        held("时效", "补贴资金兑付及时率", "≥95%", ("96.5%", "97%", "97.5%")),
        paid("县级配套总额", "≤150万元"),
        held("经济", "主要农作物机收率", "≥85%", ("80%", "86.5%", "88%")),
        asked("满意", "购机农户满意度", "≥90%", (SURE, SURE), "94%"),
    ),
    curve=(0, 0, 0, 0, 370, 480, 545, 615, 685, 755, 880, 990),
    pieces=(4, 5),
)

STORIES = (
    STALLED,
    CARRIED,
    LATE_MONEY,
    LUMPS,
    ON_PLAN,
    FRONT_LOADED,
    LAGGING,
    SILENT,
    OVERSPENT,
    CORRECTED,
    PAID_FIRST,
    RECOVERED,
)


def cast(scale: int) -> tuple[Story, ...]:
    """The stories, ``scale`` times; repetitions are numbered."""
    return tuple(story.numbered(copy) for copy in range(1, scale + 1) for story in STORIES)
