"""What English sentences relate numbers by: of, out of, than, up, or, in all, remaining, each."""

import re

from graph.sums.words import Words, around

# Words that may stand between a preposition and its number: "of the firm's 1,200", "from last year's 400".
_FAR = (
    r"(?:to|in|on|from|for|by|with|at|after|since|and|or|who|that|which|than|as|while|per|under|of|is|was|are|were|"
    r"has|have|had|up|down|but|when|into)\b"
)
_GAUGE = r"(?:size|number|amount|sum|value|price|cost|valuation|figure|close|record|tally|count|revenue|sales)"
_FILL = rf"(?: (?!{_FAR})[\w'’&.-]+){{0,5}}(?: {_GAUGE} of)? "
_UP = (
    r"(?<!made )(?<!make )(?<!makes )(?<!making )up|ris(?:e|es|en|ing)|rose|gr[eo]w|grown|grows|growth|growing|"
    r"gain\w*|jump\w*|climb\w*|increas\w*|surg\w+|soar\w*|leap\w*|leapt|rall\w+|add(?:ed|ing|s)?|expan\w+|"
    r"rais(?:es|ed|ing)|premium|improve\w*"
)
_DOWN = (
    r"down|f[ae]ll\w*|drop\w*|decreas\w*|declin\w*|cut\w*|shr[aiu]nk\w*|slid\w*|plung\w*|slump\w*|lost|loss|"
    r"los(?:e|es|ing)|reduc\w*|tumbl\w*|s[au]nk|discount\w*|narrow\w*|slash\w*|off|lower(?:s|ed|ing)"
)
_MORE = r"more|higher|faster|larger|bigger|greater|better|ahead|above|longer|pricier|dearer"
_LESS = r"less|off|fewer|slower|lower|smaller|below|cheaper|behind|short|worse|shorter|under"
_BY = (
    r"(?:(?: [a-z]+ly)?(?: (?:by|of|an?|another|some|its|their|the|prices?|sales|revenue|headcount|forecast|"
    r"staff)){0,3} )"
)
_AGO = (
    r"(?: [\w-]+){0,3}?,? (?:a (?:year|month|quarter|week|decade) (?:ago|earlier|before)|(?:in|for) (?:20\d\d|"
    r"[A-Z]\w+ 20\d\d)|last (?:year|month|quarter|week)|(?:that|which|who|at which) |(?:it|he|she|they) (?:had|"
    r"gave|paid|said|told))"
)
_BEST = "largest|biggest|highest|most expensive|costliest|dearest|longest|worst|steepest|richest|heaviest"
_WORST = "smallest|lowest|cheapest"
_EVER = (
    "ever|so far|to date|in history|until now|until then|on record|yet|previous|old|any|record|of all time|"
    r"in its history|that [^,.]{0,30} ha[sd]"
)
_NAME = r"(?:[A-Z][\w.'’-]*|\d[\w.-]*)(?: (?:[A-Z][\w.'’-]*|\d[\w.-]*|of|the))*(?: ?\([^()]{1,40}\))?"
# What follows the last name; a further name in small letters would leave the list short.
_LIST_ENDS = r"$|[.;:)\"”]|,? (?:[a-z]+ing|on|in|by|at|with|per|for|according|when|but|while|as|among|last|this)\b"

WORDS = Words(
    whole=around(
        rf"\b(?:(?:out )?of|among|in|(?<!up )(?<!down )from|has|had|have|employs|employed|(?:valu\w+|puts?|"
        rf"putting)[\w ]{{0,24}} at|valuation of|owns or rents){_FILL}|(?:^|[;:(] |\b(?:the|its|their|his|her) )",
        r"(?: of| who| were| in)? (?:staff|employees)\b",
    ),
    origin=around(
        rf"\b(?:from|than|against|compared (?:with|to)|versus|vs\.?|over|above|below|times|twice|double|triple|"
        rf"quadruple|treble|beyond|exceed\w*|to (?:the|its|their|last|[A-Z][\w.]*['’]s?)|on the){_FILL}|"
        rf"\b(?:[Ll]ast|[Pp]revious|[Ee]arlier|[Tt]he year before)\b[^,;]{{0,20}} ",
        _AGO,
    ),
    anchor=re.compile(
        rf"(?:(?: [\w-]+){{0,2}}? ?,? (?:(?:of|on|over|above|below|from|against|beyond|off(?: of)?|to (?:the|its|"
        rf"their|last|[A-Z][\w.]*['’]s?)){_FILL}|(?:(?:more|larger|bigger|higher|greater|longer|heavier|less|fewer|"
        rf"lower|smaller|cheaper)(?: [\w-]+){{0,3}}? than|as (?:many|much|large|big|high|great|long|heavy|"
        rf"expensive|valuable|fast)(?: [\w-]+){{0,4}}? as|the {_GAUGE} of){_FILL}| of what(?: [\w'’]+){{1,4}},? )|"
        rf"(?= (?:the|its|their|his|her|our|all|last|[A-Z][\w.-]*['’]s?) ){_FILL}| )"
    ),
    base_first=False,
    shares=re.compile(r"(?: [\w-]+){0,2}?,? of\b"),
    compares=re.compile(r"(?: [\w-]+)? (?:from|against|over|above|below|on|beyond|off)\b"),
    unnamed=around(
        behind=rf" (?:{_MORE}|{_LESS}) than (?![^,;.]{{0,30}}[$€£¥\d])"
        r"| (?:from|over|on|than|off(?: of)?|below|above|compared (?:with|to)|versus) (?:an?|the|last|20\d\d|its|"
        r"it's|their|previous|prior|earlier)\b(?! [^,;.]{0,40}[$€£¥\d])| (?:year|quarter|month)[- ](?:on|over)|"
        r" of (?!what [\w ]{2,24}, )(?!(?:them|those|it|that|all)\b)(?![^,;]{0,24}[$€£¥\d])[a-z]",
    ),
    way=re.compile(rf"\b(?:{_UP}|{_DOWN}|gone|left|quit)\b", re.IGNORECASE),
    up=around(
        rf"\b(?:{_UP}){_BY}(?:about |around )?|\+",
        rf"(?: |[—–,] ?)(?:{_MORE}|increase|rise|jump|gain|growth|premium|hike|improvement|"
        r"as (?:much|many|large|big) again)\b",
    ),
    down=around(
        rf"\b(?:{_DOWN}){_BY}(?:about |around )?|(?:^| )[-−]",
        rf"(?:,| (?!or\b)\w+)? (?:{_LESS}|savings|decrease|decline|drop|fall|cut|reduction|discount|price cut)\b",
    ),
    step=re.compile(
        rf" (?:(?P<more>{_MORE}|premium|increase|rise|jump|gain)|{_LESS}|discount|savings|decrease|"
        r"decline|drop|fall|cut)\b"
    ),
    link=around(
        r"(?:[,;(:–—]|[ -]-|\bor|\bso|\b(?:rate|share|proportion|portion|ratio|majority|minority) of|\b(?:is|was|"
        r"are|were|be|worth|makes?|made|making|equals?|equal to|represents?|representing|mean(?:s|ing)?|comes? to|"
        r"came to|works? out (?:at|to)|amounts? to|amounted to|for|totall?ing|bought|buys|acquired|won|took|giving|"
        r"gives)(?: an?| up| just| only)?) ?(?:an? )?(?:total of )?",
        r" (?:as many|as much|the (?:size|number|amount))\b(?! as what)",
    ),
    apposed=re.compile(r" \(|(?: (?:that|this|as (?:much|many)|the (?:size|sum|amount|number)))?, (?:or )?"),
    back=around(
        behind=r" of (?:the (?:total|whole)|all of (?:them|it)|them|those|these|it|that|all|"
        r"(?:the|its|their|his|her|those|all|all its) [a-z][\w-]*(?: [a-z][\w-]*)?)\b(?! \d)"
    ),
    named=re.compile(r" of (?:the|its|their|his|her|that|this|[A-Z][\w.-]*['’]s?)(?P<name>(?: [a-z][\w'’-]+){1,3})"),
    refers=re.compile(
        r"[\"“]?(?:So )?(?:That|This|Which|It|They|Those|These|At (?:that|this)|"
        r"The (?:sum|amount|figure|total|number)|"
        r"(?:The [\w'’ -]{2,40})(?= (?:amount|come|equal|repres|corresp|mean)))(?: alone| also)? (?:is|are|was|"
        r"were|would be|will be|amounts? to|amounted to|equals?|represents?|comes? to|makes?|corresponds? to|"
        r"means?)\b"
    ),
    apart=around(
        rf"\b(?:gap|difference|margin|lead)(?: between (?:them|the two))?(?: of)? (?:just |only )?|"
        rf"\b(?:gap|difference)\b[^;.\d]{{0,40}}\b(?:is|was|are|were|be|being|comes? to|came to)\b[^;.,\d]{{0,24}} |"
        rf"\b(?:{_UP}|"
        rf"{_DOWN}|beat\w*|lead\w*|led|trail\w*|miss\w*|exceed\w*|outscor\w*|outdo\w*|differ\w*)\b[^;]{{0,40}}\bby ",
        rf"(?: (?!or\b)[a-z]+)? (?:{_MORE}|{_LESS}|apart|separat\w+)\b",
    ),
    rest=around(
        r"\b(?:leav(?:es?|ing)|left|remaining|the rest|remainder)(?:,| of| with| the| a| just| only| about| another|"
        r" some)* ?",
        r"(?: [\w-]+)? (?:remain|left|free|are left|will be left|still|unspent|unsold|to go)\w*",
    ),
    worth=re.compile(
        r"\b(?:worth|valu(?:e[sd]?|ing|ation)|comes? to|came to|amount(?:s|ed)? to|works? out|mak(?:es|ing)|"
        r"in (?:all|total|round terms)|at (?:a|that|this) (?:\w+ )?price|outlay|each)\b"
    ),
    implies=re.compile(
        r"^So \w|\b(?:[Tt]hus|(?:[Tt]hat|[Tt]his|[Ww]hich) (?:puts?|means?|makes?|gives?|comes?|works?)|"
        r"[Pp]ut differently|[Ii]n other words|works? out|[Aa]nyone who bought|[Ff]rom start to finish)\b"
    ),
    reckons=re.compile(
        r"\b(?:(?:[Tt]hat|[Tt]his|[Ww]hich) (?:will |would )?(?:leaves?|brings?)|will be left|are left|[Tt]ogether|"
        r"[Cc]ombined|[Aa]ll told|[Ii]n (?:all|total)|[Aa]veraged|[Oo]n average|[Ss]pread across|"
        r"[Aa]t (?:that|this) (?:price|rate|pace)|[Rr]emaining|[Tt]he rest|bring\w* the total)\b"
    ),
    priced=re.compile(r"\b[Aa]t (?:that|this) price\b"),
    held=re.compile(r"\b(?:[Aa]nyone who bought|[Ff]rom start to finish)\b"),
    every=re.compile(r"\b(?:each|every)\b", re.IGNORECASE),
    manifold=re.compile(
        r"[\w.,-]+(?: and a half)?(?:[ -]times|x|×|-?fold) "
        r"(?:as|more|higher|larger|greater|bigger|faster|cheaper|the|that|those|what|its|their)\b",
        re.IGNORECASE,
    ),
    besides=re.compile(
        r"\b(?:since|includ\w+|excluding|after|also|thanks|plus|besides|apart|others?|elsewhere|full|total of|"
        r"will have|this year|year to date|so far|net of|before fees|gains?|loss(?:es)?)\b|\bwith (?!the)",
        re.IGNORECASE,
    ),
    narrows=re.compile(r"(?: [\w-]+){0,3}? (?:of|in|that|who|which|whose|for|stake)\b"),
    averages=re.compile(r"\b(?:[Aa]veraged (?:over|across)|[Oo]n average)\b"),
    splits=re.compile(
        r"\b(?:groups?|(?:made|broken|split) (?:up|down|into)|divided|consist\w*|"
        r"compris\w*|the (?:others?|rest))\b",
        re.IGNORECASE,
    ),
    total=around(
        r"(?:\b[Tt]ogether\b[^,;.:\d]{0,40}|\b[Cc]ombined,[^,;.:\d]{0,40}|\b(?:whole|entire)(?: \w+){1,2},) ?|"
        r"\bbring(?:s|ing)?[\w’' -]{2,60} to |"
        r"\b(?:total(?:l?ing)?|altogether|combined|in all|together|add(?:s|ed)?(?: up)? to|sum|tally|makes?|making|"
        r"overall)(?:[,:]| (?:of|to|at|is|was|come|comes|they|the|raised|funding|so far|about))* ?",
        r"(?: [a-z]+){0,2},? (?:in all|altogether|in total|combined|together|overall|all told|between them)\b",
    ),
    average=around(
        r"\b(?:an average|a mean|on average|averages?|averaged|averaging|average (?:is|was)|mean (?:is|was))(?: of|"
        r" comes to)? ?",
        r" (?:on average|apiece on average)\b",
    ),
    each=around(
        r"\b(?:each|apiece)(?: of (?:the |its )?[\d,]+)?(?: \w+)?(?: (?:would|will|could|can|may|must|to))? "
        r"(?:at|for|costs?|gets?|paid|pays?|receives?|owes?) |\bper [a-z]+ (?:is|was|of|at|comes? to|came to|reached) ",
        r"(?: [a-z]+)?,? ?(?:an? (?=[a-z-]+)|per |each\b|every |for each|for every|apiece|a head)",
    ),
    period=re.compile(r"^(?: [a-z]+)? (?:an?|per|each|every) (hour|day|week|month|quarter|year)\b"),
    clause=re.compile(r"[;:]|, (?:while|whereas|but|and)\b"),
    parted=re.compile(
        r"[;]|\b(?:after|when|once|because|since|amid|while|whereas|although|though|following|but|who|then|said|"
        r"of (?:whom|which))\b"
    ),
    joint=re.compile(
        r"^(?P<names>[A-Z].{2,80}?) (?:together |jointly |between them )?(?:account|make up|put up|provid|"
        r"contribut|hold|own|control)\w*(?: for)? $"
    ),
    listing=re.compile(r"\band\b"),
    listed=re.compile(r"\brespectively\b"),
    moved=around(
        rf"\b(?:by|(?:{_UP}|{_DOWN}|sav(?:es?|ed|ing|ings))(?: by| of)?) (?:about |some )?",
        rf" (?:{_MORE}|{_LESS})\b|(?:,? \(?or [\d.]+ ?(?:percent|%)[),]*)? (?:discount|savings?|jump|drop|price cut)\b",
    ),
    reached=around(r"\b(?:to|at|leaving|now [a-z]+)(?: (?:an?|just|only))? "),
    part=around(
        r"\b(?:lay(?:ing)? off|laid off|cut\w*|axed?|eliminat\w*|dismiss\w*|shed\w*|fir(?:e|ed|ing)|lose|"
        r"lost)\b[^.,;]{0,30} "
    ),
    rate=around(r"\b(?:rate|share|proportion|majority) of "),
    joined=re.compile(r"\b(?:and (?!\w+(?:,| (?:is|was|are|were)\b))|whose\b|as\b)"),
    staff=re.compile(
        r"\b(?:employees|staff|workers|people|workforce|jobs|posts|positions|roles|headcount|personnel)\b"
    ),
    best=re.compile(
        rf"(?P<record>(?<!the )\brecord\b(?! company| label)|\bthe (?:previous |old )?record\b(?!,))|"
        rf"\b(?:(?P<most>{_BEST})|(?P<least>{_WORST}))\b(?=.*\b(?:{_EVER})\b)|\b(?:{_EVER})\b.*\b(?:{_BEST}|"
        rf"{_WORST})\b"
    ),
    passes=around(
        r"\b(?:overtak\w+|surpass\w*|beat(?:s|ing|en)?|topp(?:ed|ing)|tops?|exceed\w*|eclips\w+|ahead of|above|"
        r"more than|than|break(?:s|ing)?|broke|pass(?:es|ed|ing)?|match(?:es|ed|ing)?|against|compared with|below|"
        r"under)(?: (?!and\b|or\b)[\w'’-]+){0,5} "
    ),
    lists=re.compile(
        rf"\b(?:previous|old|earlier|last|existing|until (?:now|then) the)\b[^.]{{0,40}}\b(?:record|most|{_BEST}|"
        rf"{_WORST})\b|\brecord (?:was|is|had been|stood|stands)\b|\bthe (?:{_BEST}|{_WORST}) (?:so far|until now|"
        rf"before)\b"
    ),
    ahead=re.compile(
        rf"^.{{0,60}}?\b(?:behind|after|"
        rf"trailing) (?P<names>{_NAME}(?:, (?!and\b){_NAME})*(?:,? and {_NAME})?)(?:{_LIST_ENDS})"
    ),
)
