"""The headings of treasury exports, and the rows that are no lines. Data, few rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.intake.tables.table import Value, is_blank

SYNONYMS: dict[str, tuple[str, ...]] = {
    "voucher_no": (
        "支付凭证号",
        "国库集中支付凭证号",
        "拨款凭证号",
        "预算拨款凭证号",
        "支付凭证编号",
        "拨款凭证编号",
        "凭证号",
        "凭证编号",
        "凭证号码",
        "支付令号",
        "PAY_CERT_NO",
    ),
    "kind": ("凭证类型", "凭证种类"),
    "budget_year": ("预算年度", "业务年度", "会计年度", "年度", "FISCAL_YEAR"),
    "amount": (
        "实际支付金额",
        "实际拨款金额",
        "实付金额",
        "XPAY_AMT",
        "支付金额",
        "拨款金额",
        "支出金额",
        "金额",
        "PAY_AMT",
    ),
    "paid_on": (
        "实际支付日期",
        "实际拨款日期",
        "实付日期",
        "XPAY_DATE",
        "支付日期",
        "拨款日期",
        "实际清算日期",
        "清算日期",
        "凭证日期",
        "日期",
        "VOU_DATE",
    ),
    "vouchered_on": ("凭证日期", "制单日期", "开票日期", "VOU_DATE"),
    "project_code": (
        "项目代码",
        "项目编码",
        "预算项目代码",
        "预算项目编码",
        "项目编号",
        "PRO_CODE",
    ),
    "project_name": ("项目名称", "预算项目名称", "预算项目", "项目", "PRO_NAME"),
    "unit_code": ("单位代码", "单位编码", "预算单位代码", "预算单位编码", "AGENCY_CODE"),
    "unit_name": ("单位名称", "预算单位名称", "预算单位", "单位", "AGENCY_NAME"),
    "fund_nature": ("资金性质", "资金性质名称", "FUND_TYPE_NAME", "FUND_TYPE_CODE"),
    "document_no": ("本级指标文号", "指标文号", "预算文号", "文号", "上级指标文号"),
    "economic_class": (
        "支出经济分类",
        "部门支出经济分类",
        "支出经济分类科目",
        "部门支出经济分类科目",
        "部门经济分类",
        "政府支出经济分类",
        "政府支出经济分类科目",
        "政府经济分类",
        "经济分类",
        "DEP_BGT_ECO_NAME",
        "DEP_BGT_ECO_CODE",
        "GOV_BGT_ECO_NAME",
        "GOV_BGT_ECO_CODE",
    ),
    "payee_account": (
        "收款人账号",
        "收款账号",
        "收款人银行账号",
        "收款方账号",
        "实际收款人账号",
        "PAYEE_ACCT_NO",
    ),
    "summary": ("用途", "资金用途", "摘要", "凭证摘要", "USE_DES", "ABSTRACT"),
    "line_no": ("行号", "明细行号", "明细序号", "明细号", "支付明细序号", "分录号", "凭证行号"),
}
"""Headings by field, preferred first: what was actually paid before what was asked for.

序号 is not a line number: exports count their rows with it, from one again in each file.
"""

REQUIRED = {
    "voucher_no": "支付凭证号（或拨款凭证号）",
    "amount": "实际支付金额（或支付金额、拨款金额）",
    "paid_on": "实际支付日期（或凭证日期、拨款日期）",
}

ALLOCATION_HEADINGS = frozenset(
    {"拨款凭证号", "预算拨款凭证号", "拨款凭证编号", "实际拨款金额", "拨款金额"}
)

PERSONAL = frozenset(
    {
        "收款人全称",
        "收款人名称",
        "收款人",
        "收款人姓名",
        "实际收款人",
        "实际收款人全称",
        "收款方全称",
        "姓名",
        "证件号码",
        "身份证号",
        "身份证号码",
        "手机号",
        "联系电话",
        "PAYEE_ACCT_NAME",
        "PER_NAME",
        "IDEN_NO",
    }
)
"""Columns about persons; they are dropped, and that is said."""

VOUCHER_NUMBERS_DAMAGED = (
    "“{}”列被存成了科学计数法或过长的数字（{}），凭证号的后几位已丢失，不能导入。"
    "请重新导出，并在用Excel打开前把该列设为文本，或直接导入系统导出的原文件。"
)

_TOTAL = re.compile(r"(?:本[页月日期]|本年|累计|其中|总)?[合小总累]计(?:数|金额|行|[:：].*)?")
_FOOTER = re.compile(r"制表|打印|复核|审核|负责人|导出|第.+页|共.+页|备注|说明|注[:：]|填报")


def is_total(values: Sequence[Value]) -> bool:
    """Whether a row is a total: one of its first three filled cells says so."""
    filled = [v for v in values if not is_blank(v)][:3]
    return any(
        isinstance(v, str) and _TOTAL.fullmatch(re.sub(r"[\s\u3000]+", "", v)) for v in filled
    )


def is_footer(values: Sequence[Value]) -> bool:
    """Whether a row without a voucher number is a note below the table."""
    filled = [v for v in values if not is_blank(v)]
    return len(filled) <= 3 and any(isinstance(v, str) and _FOOTER.search(v) for v in filled)


def is_actual(heading: str) -> bool:
    """Whether a heading promises what was really paid, and not what was asked for."""
    return any(word in heading.upper() for word in ("实际", "实付", "XPAY"))
