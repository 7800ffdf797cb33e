"""Traditional characters of the words that forms are read by, with their simplified ones.

Government sites show a page in either script, and what is copied from one is sent as it is. Only
what compares words looks through this table; a text is kept as printed.
"""

from __future__ import annotations

_TRADITIONAL = (
    "萬與專業丟兩個爲為舉義鄉亂於產畝億從價衆眾優會傳體餘債黨關內冊寫衝決況準減幾憑劃則剛刪別劑辦務動區醫單佔滷廳歷壓縣參發變"
    "臺號後噸啓啟員響園圍國圖場壞塊聲處備復頭學實審對導將層屬崗幣帶幫並庫應開棄張強歸當錄徑懷態總執掃護報擔撥擇揮損換據數斷無"
    "舊時顯曉暫機雜權條來構標欄樣檢殘毀匯沒測濟滿燈點狀獨環現電療監蓋碼確離種積稱穩筆籌籤簡類紅約級綱納組細織終經結絕統績續維"
    "綠緩編縮繳羣職聯膠節範獲營藍虛補裝見觀規覽計認訓議記論設證評識試話該誤說説請讀課誰調貝負財責賬貨質購貸費資賦贈趨蹤車轉輕"
    "較輛輯邊達過運還這進適選邏郵採釋裏裡鍾銀鋪銷錯鍵鎮門問間隊際隨隱韋頁頃項須預領頻題額風飛館馬驗魚鳥麥黃黽齊齒龍龜"
)
_SIMPLIFIED = (
    "万与专业丢两个为为举义乡乱于产亩亿从价众众优会传体余债党关内册写冲决况准减几凭划则刚删别剂办务动区医单占卤厅历压县参发变"
    "台号后吨启启员响园围国图场坏块声处备复头学实审对导将层属岗币带帮并库应开弃张强归当录径怀态总执扫护报担拨择挥损换据数断无"
    "旧时显晓暂机杂权条来构标栏样检残毁汇没测济满灯点状独环现电疗监盖码确离种积称稳笔筹签简类红约级纲纳组细织终经结绝统绩续维"
    "绿缓编缩缴群职联胶节范获营蓝虚补装见观规览计认训议记论设证评识试话该误说说请读课谁调贝负财责账货质购贷费资赋赠趋踪车转轻"
    "较辆辑边达过运还这进适选逻邮采释里里钟银铺销错键镇门问间队际随隐韦页顷项须预领频题额风飞馆马验鱼鸟麦黄黾齐齿龙龟"
)
SIMPLIFIED = {ord(a): ord(b) for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
"""From code point to code point, as ``str.translate`` takes it."""
