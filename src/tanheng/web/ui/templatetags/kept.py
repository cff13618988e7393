"""`{% kept "name" %} … {% endkept %}`: a part of a page that is drawn once; see tanheng.web.directory.kept_pages."""

from __future__ import annotations

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class Kept(Node):
    """Draws its inside, and puts it among the kept parts of the page; a part that is kept already is not drawn."""

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.nodelist = name, inside

    def render(self, context: Context) -> SafeString:
        """The part; a page without kept parts draws it like any other."""
        parts = context.get("kept")
        if parts is None:
            return self.nodelist.render(context)
        if self.name not in parts:
            parts[self.name] = self.nodelist.render(context)
        return mark_safe(parts[self.name])  # drawn by the same template, and escaped there


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """Reads the name of the part and its inside."""
    _, name = token.split_contents()
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name.strip("\"'"), inside)
