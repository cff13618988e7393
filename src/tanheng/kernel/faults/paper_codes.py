"""The codes of papers: what a document cannot show."""

from tanheng.kernel.faults.code import Code

PAPERS = (
    Code(
        "paper-sign-unknown",
        "《{place}》的 PDF 字体没有“{sign}”（{code}），页面上以“〓”代替。首次出现：{where}。",
        "The font of the PDF has no “{sign}” ({code}); “〓” stands in its place in {place}. First at: {where}.",
        "该字请改用 Word 版印制，或请维护者把它加入随附字体。",
        "Print the Word form, or have the sign added to the fonts that are shipped along.",
    ),
)
