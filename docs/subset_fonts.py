"""Makes the fonts that papers ship with: `python docs/subset_fonts.py FOLDER`, FOLDER holding Noto's CJK collections.

Run by a developer when a sign is wanted that the fonts lack; nothing at run time needs it. The signs are those of
GB 2312, Latin letters, the signs of papers (units, sub- and superscripts, arrows), further characters that names of
people and places have, and every character of the shipped packs. The fonts are renamed, because they are changed.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src/tanheng/papers/fonts"
PACKS = ROOT / "src/tanheng/packs"
LEFT_OUT = {"slips.yaml"}  # signs of other scripts that a reading sets right: no paper of ours writes them
CUTS = (
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "Tanheng Song", "Regular"),
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "Tanheng Song", "Bold"),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "Tanheng Hei", "Regular"),
)
RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x391, 0x3CA), (0x2010, 0x2028), (0x2030, 0x2040), (0x2070, 0x2090))
SIGNS = (
    "‰℃㎡㎥㎏㎜㎝㎞№™−∕∙≈≠≤≥∑∏√∞∫±×÷∂Δ∆→←↑↓↗↘↔⇒■□▲△▼▽◆◇●○◎★☆◐◑✓✔✗✘·•…—–"
    "‐‑〔〕【】《》〈〉「」『』〇々①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩￥€"
)
NAMES = (
    "镕堃喆玥珺昇垚堯犇骉祎翀頔赟煊炜焱淼鑫垒睿懿芃苡茜婧妤姝嫣婳嬅媖婕滢潆瀚灏濬琤琰琬璟瑄瑀瑜瑗璐璠璨"
    "玮珏珩珮珣珲琎琏琍琦琨瑢瑷璁璇璈璘璿曈晞晟晳暐暄旻旸昉昀昕昳晔晗晖烜烨煜煦熠燊燚珅赪轶轩轾钰钲铖铮锴镔镝"
    "镠鋆鑨鏐陟陞隽霈霏霁霖靓韬韫颀颉颢馥骁骋骐骞骥鸢鹇鹍鹏麒麟黠鼐龑龢邴邸郃郄郅郇郗郜郯鄢鄞鄯鄱闫闵阚逯逄"
    "泖浜漴涞槎泾淞漕滧塂埭墅堰堍坨垟垞塘墩圩圪坭坜坶湉湙淦渼溇滘溆澥澴濠濮瀼甬畈畲砀砟砼硚磡磜礐礌窑窦竺"
    "筼箬簕粜糵纮绖缊缑羑耒耖舁舲芗苆莨莪菏菪菂菔萘葭蒗蓥蔄蕰薮藠虓蚬蛏蜃蜊衢袆裒褚谌谞谿豳貊赉赜跶踦軎辂迳"
    "郏郓郪鄄鄠酂醍釜鎏铵铼锂锗钕钐钇钆钌钍钒铌铍铟铪锑锶镉镍镓镧镨镱镥镝钪钽铑铱锇铊锕镎镅烃烷烯炔烴烔烆烺"
    "溴氟氦氖氩氪氙氡氘氚氰氨胺腈醚醛酮酯酚酐醌肼肟嘧啶嘌呤噻唑吡咯呋喃哌嗪萜甾萘蒽菲苊苝芘"
)  # fmt: skip


def wanted() -> set[int]:
    """The code points of the fonts."""
    signs = {code for low, high in RANGES for code in range(low, high)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                signs.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    paths = [path for kind in ("*.yaml", "*.csv") for path in PACKS.rglob(kind) if path.name not in LEFT_OUT]
    texts = [path.read_text("utf-8") for path in paths]
    return signs | {ord(sign) for text in [SIGNS, NAMES, *texts] for sign in text if ord(sign) >= 0x20}


def cut(source: Path, face: str, family: str, style: str, signs: set[int]) -> set[int]:
    """Writes one font; gives the code points it has."""
    collection = TTCollection(str(source))
    font = next(one for one in collection.fonts if one["name"].getDebugName(1) == face)
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
    )
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB", "GDEF"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    _rename(font, family, style)
    font["head"].modified = font["head"].created  # the same collection gives the same file
    font.recalcTimestamp = False
    font.save(FONTS / f"{family.replace(' ', '')}-{style}.otf")
    return set(font.getBestCmap())


def _rename(font: TTFont, family: str, style: str) -> None:
    """The names a machine shows; the notices of copyright and licence stay as they are."""
    post = f"{family.replace(' ', '')}-{style}"
    texts = {1: family, 2: style, 3: post, 4: f"{family} {style}", 6: post}
    for record in list(font["name"].names):
        if record.nameID in texts:
            font["name"].setName(
                texts[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )
    top = font["CFF "].cff
    top.fontNames = [post]
    top.topDictIndex[0].FamilyName, top.topDictIndex[0].FullName = family, f"{family} {style}"


def ranges(codes: set[int]) -> str:
    """Code points as lines `4E00-4E03`."""
    lines: list[list[int]] = []
    for code in sorted(codes):
        if lines and code == lines[-1][1] + 1:
            lines[-1][1] = code
        else:
            lines.append([code, code])
    return "".join(f"{low:04X}-{high:04X}\n" for low, high in lines)


def run(folder: Path) -> None:
    """Writes the fonts, and the list of what all of them have."""
    signs = wanted()
    covered = [cut(folder / name, face, family, style, signs) for name, face, family, style in CUTS]
    everywhere = set.intersection(*covered)
    (FONTS / "covered.txt").write_text(ranges(everywhere), "utf-8")
    size = sum(path.stat().st_size for path in FONTS.glob("*.otf"))
    print(
        f"{len(everywhere)} signs, {size / 1e6:.2f} MB; not everywhere: {''.join(map(chr, sorted(signs - everywhere)))}"
    )


if __name__ == "__main__":
    run(Path(sys.argv[1]))
