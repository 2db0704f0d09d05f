"""What gunicorn serves: the framework, its assets and a site's public files, on one port.

The framework's own `serve` listens on all addresses; this listens where gunicorn is told to.
"""

import os

import frappe.app
from frappe.middlewares import StaticDataMiddleware
from werkzeug.middleware.shared_data import SharedDataMiddleware

# One site whatever host name the browser uses: here that is always an address of this machine.
frappe.app._site = os.environ["PPSS_SITE"]
frappe.app._sites_path = os.getcwd()

with_assets = SharedDataMiddleware(frappe.app.application, {"/assets": os.path.join(os.getcwd(), "assets")})
application = StaticDataMiddleware(with_assets, {"/files": os.getcwd()})
