"""What each remark of the linter means and what to do about it (检查项说明): for the documentation and for SARIF."""

from __future__ import annotations

from typing import Final

HELP: Final[dict[str, str]] = {
    "basis-too-weak": (
        "减损权益的措施须以法律、行政法规、党中央国务院政策文件、地方性法规（限本地域）或者法院命令所依的司法解释为据；"
        "不给便利、不予聘用的，须由不低于给予它的层级的文件规定。补上足够层级的依据；找不到的，措施只作提示。"
    ),
    "refers-only": (
        "“依照法律、行政法规的规定”之类的话不规定后果。找到被援引的那一条，另写一条依据；找不到的就让它只作提示。"
    ),
    "unverified": "核对原文之后把依据的 text 改为 verified，并抄录 anchor；没有原文的不要改。",
    "opens-capped": (
        "条文只点明对象和事项，后果依他法。改为 restrict 加 may；如果条文确实写明后果，把 carries 改为 sets。"
    ),
    "hint-overstated": (
        "没有一条依据规定（sets）或者指明（opens）后果，措施却写成 must 或者禁止、暂停、撤销。改为 restrict 加 may；"
        "条文本来就这样措辞、后果依他法的，可以照写，核查时只作提示，并注明“审慎”。"
    ),
    "overclaimed-basis": (
        "部门规章、政府规章、联合文件、规范性文件、备忘录、清单、标准不得自行减损权益、增加义务（国办发〔2020〕49号）。"
        "它落实另一条依据的，写 implements；只是提到的，写 refers。"
    ),
    "must-for-may": "条文写“可以”“依法依规”的，措施的 binding 是 may；机关已经作出个案决定的，才是 order 加 must。",
    "basis-ended": "法律被修订或者废止后，由后续文件承接的，写一条引用后续文件的措施；没有承接的，给措施写 valid_to。",
    "local-basis-everywhere": "地方性法规、政府规章只在本地域有效：给措施写 region，放到 local/<区划代码>/ 下。",
    "basis-outside-region": "依据文件管不到措施的地域：核对两者的行政区划代码。",
    "wider-than-basis": (
        "市的法规撑不起全省的措施：region 改为依据文件的地域，或者补上管得到全域的依据；名单的 scope 也一样。"
    ),
    "no-article": "写明条号；引整件文件、没有条号可写的，text 写 recalled 或者把节、附件写进 article。",
    "no-document-number": (
        "法律、法规有名称就够了，政策文件、联合文件、规范性文件、备忘录靠文号认定：补上文号；没有公开文号的，"
        "在 note 里说明。"
    ),
    "instrument-without-start": "施行日期在文件的最后一条或者印发通知里；不知道施行日期的，程序一律当作有效。",
    "unfounded-list": (
        "全国的严重失信主体名单须由法律、行政法规或者党中央国务院政策文件设立，"
        "地方的可由地方性法规设立（国办发〔2020〕49号）。补上 founds 依据；没有的，名单只作线索。"
    ),
    "founded-by-recall": "核对设立名单的条文之后，把 text 改为 verified。",
    "weak-rule": "规则给减损权益的措施增加承担者，须与措施一样有 sets 或 opens 依据，层级也一样。",
    "rule-cycle": (
        "规则测试的事实或者等级，正是它自己（直接或者经由其他规则）推导出来的，先后无法确定。"
        "请改成一个方向：等级由记录定，其他规则建立在等级之上。"
    ),
    "rule-never-fires": (
        "所测试的事实没有名单、法律事实或者规则会给出，或者几项测试不能同时成立，或者回溯期间为零。"
        "请改条件，或者删去规则。"
    ),
    "independent-graded": (
        "失信被执行人等独立管理的名单自有其法定后果，在答案的 independent 中另列。"
        "请在条件中写明 kind（black、watch、record、rating），不要及于 independent。"
    ),
    "rule-contradiction": "条件相同而结果相反，读者无从知道以哪一条为准。请合并，或者把条件分开。",
    "relatives-unnamed": (
        "惩戒限于本人；涉及子女、配偶、父母等亲属的，条文必须点名。把点名的那几个字写进该依据的 anchor；"
        "条文没有点名的，删去这一负担。"
    ),
    "relation-unnamed": (
        "推导规则把名单的后果推及联合体成员、法定代表人等，所引条文就要点到他们。anchor 抄到点名的那几个字；"
        "规则没有限定 relation 的，写明是哪一种关系。"
    ),
    "unreachable": (
        "事项都排除了所要求的特征，或者名单都不列入所写的主体类别，或者措施的起止日期与依据的起止日期没有交集。"
        "改正写错的一边。"
    ),
    "idle": "对象组在这一天没有组成名单，或者所列名单在这一天都没有有效的依据。给措施写起止日期，或者改引现行的名单。",
    "idle-kind": "targets.kinds 中有一类主体，所列名单都不列入。删去它，或者核对名单的 kinds 和 entered_with。",
    "asked-only": (
        "措施所写的角色不是任何一个所列事项的默认角色，也没有别名可以带出；或者环节不是任何一个事项的默认环节。"
        "写得对的不必改：提问时写 --role、--phase 即可。"
    ),
    "kind-mismatch": (
        "红名单不触发惩戒，其他名单不触发激励；公示信息什么也不触发；失信记录用 trigger: record，"
        "名单用 trigger: listing。"
    ),
    "record-restricts": (
        "一般失信信息至多用于履职管理；要减损权益，须有法律对这类记录直接规定后果的条文（sets，已核对）。"
    ),
    "contradiction": "同一对象在同一事项上，一条说禁止，一条说限制，总有一条不对：合并，或者写明把两者分开的条件。",
    "duplicate": "删去一条；已经被引用的编号用 status: retired 停用，不改名。",
    "shadowed": "两条措施会在同一次核查中重复出现。把依据并入较宽的一条，或者写明较窄的一条另有的条件。",
    "over-long": (
        "法律中按年计算的禁入至多十年，更长的是终身；失信信息的公示、披露一般不超过五年。核对条文；"
        "条文确实如此的保留，核查结果会注明“审慎”。"
    ),
    "term-range": (
        "法律规定一到三年这样的幅度时，期限由决定载明，写 set_by: order；法律直接规定期限的，只有一个数。"
        "两端相同的不是幅度。"
    ),
    "repair-after-term": "核对修复条件：after_months 应当短于名单的期限；确实不能修复的，写 repairable: false。",
    "withholds-a-right": "权利不是便利：改为 class: adverse，并补上足够层级的依据；或者改到相应的便利事项。",
    "item-class": (
        "重点监管、共享公示属于履职管理（administrative）；限制消费、不准出境、限制升学必然减损权益（adverse）；"
        "授信和评级由机构自主决定（voluntary），法律强制的是 adverse。"
    ),
    "judged-on-unsaid": (
        "处罚和禁止从业看作出决定时的法律（act），任职资格看核查时的法律（asking）；同样写作“五年内不得担任”的，"
        "两种都有，须由作者写明。"
    ),
    "judged-on-listing": "名单、记录、等级触发的措施总是看核查时的法律：删去 judged_on，或者写 asking。",
    "clue-without-ask": "名单只能指向决定的，经办人要知道向谁要决定：写 ask。",
    "record-in-group": "对象组只收名单；失信记录和公示信息不是名单。",
    "forbidden-behaviour": (
        "未经立法程序，信访、拆迁、闯红灯、不文明养犬、欠缴物业费、垃圾分类等不得纳入信用记录（国办发〔2020〕49号；"
        "地方性法规另有列举的，在该地适用）。名单的名称、列入标准和措施都不得以它们为对象。"
    ),
    "points-restrict": "居民诚信积分可以用来激励，不得据以减损权益：改为激励措施，或者删去。",
    "voluntary-by-public": (
        "自主实施（voluntary）的实施主体不是公共机构：核对 actor；法律要求公共机构实施的，改 class。"
    ),
    "retired-without-end": "停用的措施写明最后一天，以往的核查结果才能复查。",
    "never-tested": "每条措施至少一个适用的用例、一个不适用的用例，写在同名的 .test.yaml 里。",
    "unreadable-cases": "按指出的位置改正用例文件；写错的键会使用例什么也不测。",
    "authority-without-department": (
        "措施的实施主体在这个地域没有部门与它对应（措施→部门断开）。"
        "在 departments/ 下写明哪个部门就是它（authorities）；采购人、招标人这样不是部门的，可以不写。"
    ),
    "authority-unused": "部门的 authorities 里有一个词，没有任何措施用它作实施主体：多半写法不同，按措施的写法改。",
    "department-without-power": (
        "部门要实施措施，却没有一个权力事项落在措施的事项上（部门→权力事项断开）。补上权力事项的编码和对应的事项。"
    ),
    "power-without-section": "写明权力事项由哪个科室承办（section），否则找不到人（事项→科室断开）。",
    "section-without-officers": "写明科室的岗位和联系方式（officers），只写岗位，不写人名（科室→人员断开）。",
    "power-without-measure": "这个权力事项的事项没有任何措施涉及：核对 matters；本来就与奖惩无关的，可以留着。",
}
"""Why a remark is made and what to do about it, by its code."""
