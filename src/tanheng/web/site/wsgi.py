"""What a WSGI server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanheng.web.site.settings")

application = get_wsgi_application()

if os.environ.get("TANHENG_WARM") == "1":
    from tanheng.web.site.warming import warm_up

    warm_up()
