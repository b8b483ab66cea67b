"""Old and variant forms of kanji in names of persons and places, each with the form most people type.

Only for finding: 斎 and 斉 are different names, and nothing that is stored or shown goes through this table.
"""

# Everyday form first, then its variants. Compatibility ideographs such as the old 神 (U+FA19) are not here:
# Unicode's NFKC already unites them.
_GROUPS = """
高髙 崎﨑碕嵜 辺邉邊 斉斎齋齊 浜濵濱 沢澤 広廣 国國 桜櫻 島嶋嶌 吉𠮷 柳栁桺 徳德 瀬瀨 蔵藏 富冨 館舘 竜龍 滝瀧 万萬
与與 予豫 亀龜 会會 伝傳 仏佛 来來 円圓 児兒 写寫 剣劍劔劒 励勵 勲勳 区區 医醫 単單 厳嚴 収收 双雙 台臺 号號 図圖
団團 園薗 塩鹽 増增 壌壤 寿壽 学學 宝寶寳 実實 寛寬 将將 尭堯 峰峯 峡峽 巌巖 帯帶 庁廳 弁辨瓣辯 弥彌 弾彈 径徑 従從
恵惠 悦悅 応應 懐懷 戦戰 抜拔 払拂 択擇 挙擧 数數 晋晉 晃晄 暁曉 曽曾 条條 松枩 栄榮 検檢 楼樓 楽樂 様樣 槙槇 横橫
権權 歩步 歳歲 歴歷 気氣 浅淺 浄淨 涙淚 渓溪 温溫 渋澁澀 湾灣 満滿 潜潛 済濟 灯燈 炉爐 点點 為爲 焼燒 独獨 瑶瑤 画畫
畳疊 発發 県縣 真眞 礼禮 祢禰 秋穐龝 称稱 稲稻 穂穗 穣穰 糸絲 経經 絵繪 継繼 続續 総總 縁緣 緑綠 繊纖 声聲 芦蘆 芸藝
荘莊 薫薰 薬藥 蛍螢 虫蟲 覚覺 観觀 誉譽 譲讓 豊豐 賛贊 転轉 遥遙 遅遲 郎郞 郷鄕 釈釋 鉄鐵 鋭銳 錬鍊 鎮鎭 関關 闘鬪
陥陷 隠隱 雑雜 霊靈 静靜 青靑 清淸 顔顏 顕顯 駅驛 験驗 髪髮 鶏鷄 鴎鷗 麦麥 黄黃 黒黑 歯齒 桑桒 桧檜 桝枡 船舩 萌萠
昇曻 壮壯 奥奧 涼凉 淵渕渊 野埜 雁鴈 鶴靏靍
"""

VARIANTS = {variant: group[0] for group in _GROUPS.split() for variant in group[1:]}
"""Variant -> everyday form."""
