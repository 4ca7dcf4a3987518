"""What the web server calls for each request."""

import multiprocessing
import os

from django.core.wsgi import get_wsgi_application

from tryggmote.supervision.lifeline import die_with_parent

# A process of the web server's must not outlive it, also when it is killed outright.
if (web_server := multiprocessing.parent_process()) is not None:
    die_with_parent(web_server.pid)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tryggmote.config.settings")
application = get_wsgi_application()
