"""Words of the field in Japanese with their English stems, so that sentences of both languages can be compared."""

import re

# General words of AI news, not names; longer ones first where one holds another.
_PAIRS = """
動画 video|映像 video|画像 imag|写真 imag|音声 voice|音楽 music|文章 text|文書 document|テキスト text|コード code
プログラム code|翻訳 translat|要約 summar|検索 search|推論 reason|数学 math|数式 math|計算 comput|暗算 math
科学 scien|医療 medic|診断 diagnos|法律 law|法令 law|契約 contract|裁判 court|訴訟 lawsuit|著作権 copyright
特許 patent|個人情報 person|プライバシー privacy|安全 safe|危険 danger|有害 harm|差別 bias|偏り bias
偽情報 misinform|誤情報 misinform|詐欺 fraud|嘘 lie|幻覚 hallucinat|ハルシネーション hallucinat|検閲 censor
拒否 refus|拒絶 refus|回答 answer|応答 answer|質問 question|対話 chat|会話 chat|理解 understand|認識 recogn
生成 generat|作成 writ|学習 train|訓練 train|調整 tun|推測 guess|記憶 memor|文脈 context|長文 long|トークン token
速度 speed|高速 fast|低価格 cheap|安価 cheap|無料 free|有料 paid|ロボット robot|自動運転 driv|車 car|電話 phone
予約 book|予定 schedul|買い物 shop|注文 order|操作 control|画面 screen|ブラウザ brows|アプリ app|エージェント agent
ツール tool|ゲーム game|囲碁 go|試験 exam|司法試験 bar|大学 universit|学校 school|生徒 student|学生 student
子ども child|子供 child|未成年 minor|雇用 job|仕事 job|失業 job|労働 labor|従業員 employe|賃金 wage|投資 invest
市場 market|株 stock|電力 power|エネルギー energ|環境 environ|水 water|半導体 chip|チップ chip|輸出 export
規制 regul|制裁 sanction|関税 tariff|国家安全保障 secur|安全保障 secur|セキュリティ secur|脆弱性 vulnerab
攻撃 attack|軍事 militar|兵器 weapon|監視 surveil|選挙 elect|政治 politic|政府 govern|中国 chin|アメリカ america
英国 brit|フランス franc|ドイツ german|カナダ canad|日本 japan|欧州 europ|韓国 korea|台湾 taiwan|ロシア russian
インド india|データ data|情報 inform|漏洩 leak|流出 leak|盗 steal|秘密 secret|公開 publish|オープンソース open
一から scratch|ゼロから scratch|最初から scratch|競争 compet|独占 monopol|価格 price|費用 cost|コスト cost
赤字 loss|利益 profit
売上 revenue|性能 perform|品質 quality|精度 accura|信頼 trust|透明 transpar|過大 overstat|誇張 exaggerat
宣伝 advertis|広告 advertis|誤解 mislead|遅延 delay|停止 stop|廃止 retir|統合 integrat|言語 languag|日本語 japan
英語 english|技術 tech|テクノロジー tech|ハイテク tech|量子 quantum|銀行 bank|金融 financ|国防 defens|司法 justic
労組 union|労働組合 union|作曲家 compos|歌手 sing|俳優 actor|アカウント account|口座 account|パスワード password
カード card|クレジット credit|番号 number|保管庫 storag|ストレージ storag|バケット bucket|施設 facil|設備 facil
工場 plant|実験 experiment|確認 check|検査 check|把持 grip|力 forc|しきい値 threshold|閾値 threshold|荷重 load
記録 log|履歴 log|ログ log|録音 record|作品 titl|題名 titl|社内 intern|内部 intern|委託先 contractor|委託 contractor
下請け contractor|身代金 ransom|支払 paid|入金 paid|送金 paid|要求 demand|賠償 damag|損害 damag|和解 settl|判決 rul
判事 judg|裁判官 judg|原告 plaintiff|被告 defend|証拠 evid|証言 testif|報告書 report|削除 delet|消去 delet
破棄 delet|除去 remov|撤去 remov|更新 updat|修正 fix|欠陥 defect|不具合 defect|事故 accid|転倒 fall|転落 fall
死亡 die|死去 die|負傷 injur|けが injur|怪我 injur|発売 launch|提供 offer|販売 sale|出荷 ship|供給 suppl|合意 agre
提携 partner|買収 acqui|出資 invest|資金 fund|調達 rais|評価額 valu|時価総額 valu|株式 share|株主 sharehold
上場 list|顧客 custom|利用者 user|問い合わせ quer|クエリ quer|試験問題 test|問題 problem|テスト test|評価 evalu
測定 measur|結果 result|首位 first|順位 rank|能力 capab|機能 featur|部品 part|電池 batter|腕 arm|顔 face
指紋 fingerprint|住所 address|氏名 name|名前 name|番地 address|電子メール email|メール email|メッセージ messag
通信 commun|接続 connect|サーバー server|クラウド cloud|データセンター center|計算資源 comput|消費 consum
温室効果ガス emiss|排出 emiss|冷却 cool|許可 permit|承認 approv|禁止 ban|差し止め injunct|開け open
開け放 open|近郊 near
近く near|制限 restrict|調査 investig|捜査 investig|告発 accus|批判 critic|否定 den|謝罪 apolog|撤回 withdraw
延期 delay|中止 cancel|解雇 fir|辞任 resign|退任 resign|就任 appoint|採用 hir|最終 final|計画 plan|交渉 talk
協議 talk|開始 start|終了 end|増加 increas|減少 declin|半分 half|全部 all|一部 part|最大 max
つながり link|繋がり link|関係のある link|系グループ link
"""
STEMS: dict[str, str] = dict(pair.split(" ") for pair in re.split(r"[|\n]", _PAIRS.strip()))
"""Japanese word to English stem."""

# "Care" does not begin with "car".
_SHORTEST_OPENING = 4

CONCEPTS = frozenset(STEMS.values())
_WORDS = re.compile("|".join(sorted(STEMS, key=len, reverse=True)))


def find_concepts(text: str) -> frozenset[str]:
    """English stems of the Japanese words in a text."""
    return frozenset(STEMS[word] for word in _WORDS.findall(text))


def stem_concept(stem: str) -> str:
    """The stem of the glossary that an English one begins with: `videos` is `video`; itself when there is none."""
    for length in range(len(stem), _SHORTEST_OPENING - 1, -1):
        if stem[:length] in CONCEPTS:
            return stem[:length]
    return stem
