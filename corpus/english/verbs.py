"""Verbs as questions have them: their past, their participle, their form after "does".

The irregular ones are those of everyday English; the regular ones are a list of such as people ask
about reports with, since a word of a question is taken for a verb only where it is in a list.
"""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_IRREGULAR = """
beat beat beaten / become became become / begin began begun / break broke broken / bring brought
brought / build built built / buy bought bought / catch caught caught / choose chose chosen / come
came come / cut cut cut / deal dealt dealt / do did done / draw drew drawn / eat ate eaten / fall
fell fallen / feed fed fed / fight fought fought / find found found / flee fled fled / fly flew
flown / forbid forbade forbidden / get got got / give gave given / go went gone / grow grew grown
/ have had had / hear heard heard / hide hid hidden / hit hit hit / hold held held / hurt hurt
hurt / keep kept kept / know knew known / lead led led / leave left left / let let let / lose lost
lost / make made made / mean meant meant / meet met met / pay paid paid / put put put / read read
read / rise rose risen / run ran run / say said said / see saw seen / seek sought sought / sell
sold sold / send sent sent / set set set / shoot shot shot / show showed shown / shut shut shut /
speak spoke spoken / spend spent spent / spread spread spread / stand stood stood / steal stole
stolen / swear swore sworn / take took taken / teach taught taught / tell told told / think
thought thought / throw threw thrown / wear wore worn / win won won / withdraw withdrew withdrawn
/ write wrote written
"""
_REGULAR = """
abduct abolish abuse accept accuse acknowledge address admit adopt allow announce appear apply
approve arrest arrive ask attack attend ban believe block call carry cause censor change charge
claim close collapse collect commit compensate complain concede confirm confiscate consider
continue convict cooperate cover criticise cross decide decline defect demand denounce deny deport
describe destroy detain die disappear discriminate dismiss distribute drop earn enter escape evict
examine execute exist expect expel explain face fail fine fire force gather guarantee happen
harass help hire imprison improve increase injure inspect introduce investigate invite involve
issue jail join kill lack launch live lock look mention monitor move murder need obey observe
obtain occur offer open operate oppose order organise own participate persecute prevent prohibit
promise propose prosecute protect prove provide publish punish ratify reach receive recognise
reduce refuse register reject release remain remove reopen repatriate repeal replace reply request
require resettle respect respond restrict return reveal search seem seize sentence serve sign
silence skip start starve stay stop suffer support surrender survive suspect suspend talk target
test torture trade travel treat try use vaccinate visit vote wait want warn watch work
"""
# Words of the form of a participle that are none.
_NO_PARTICIPLES = _listed(
    "evening morning meeting building ceiling hearing beginning funding housing training wedding "
    "feeling according concerning during excluding following including regarding hundred breed "
    "creed nothing anything something everything spring"
)
# Words of the form of an adverb that are none.
_NO_ADVERBS = _listed("ally assembly family italy july monopoly reply supply")
_VOWELS = "aeiou"
_DOUBLED = _listed("admit ban commit drop expel skip stop")

IRREGULAR = {
    base: (past, participle)
    for base, past, participle in (entry.split() for entry in _IRREGULAR.split("/"))
}
BASES = frozenset(IRREGULAR) | _listed(_REGULAR)
PARTICIPLES = frozenset(participle for _, participle in IRREGULAR.values())


def past(base: str) -> str:
    """The past of a verb of `BASES`."""
    if base in IRREGULAR:
        return IRREGULAR[base][0]
    if base in _DOUBLED:
        return f"{base}{base[-1]}ed"
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if _is_y(base) else f"{base}ed"


def third_person(base: str) -> str:
    """The form of a verb of `BASES` after "he", "she", "it"."""
    if base == "have":
        return "has"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if _is_y(base) else f"{base}s"


def is_participle(word: str) -> bool:
    """Whether a word has the form of a participle: "held", "detained", "doing", "been"."""
    if word in PARTICIPLES or word in {"been", "being"}:
        return True
    has_form = word.endswith(("ed", "ing")) and len(word) > len("seed")
    return has_form and word not in _NO_PARTICIPLES


def is_adverb(word: str) -> bool:
    """Whether a word has the form of an adverb: "freely"."""
    return word.endswith("ly") and word not in _NO_ADVERBS


def _is_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in _VOWELS
