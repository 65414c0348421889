"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from . import limits
from .arguments import Arguments
from .model import Payload
from .refusal import bad_request
from .updates import KINDS
from .world import Webhook, World


def set_webhook(world: World, arguments: Arguments) -> bool:
    """setWebhook; an empty address deletes it."""
    if not (url := arguments.text("url")):
        return delete_webhook(world, arguments)
    secret = arguments.text("secret_token")
    if len(secret) > limits.WEBHOOK_SECRET_CHARACTERS:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(world, url)
    set_allowed_updates(world, arguments)
    _drop_pending(world, arguments)
    connections = arguments.integer("max_connections", limits.WEBHOOK_CONNECTIONS, 1, 100)
    world.webhook = Webhook(
        url=url,
        secret=secret,
        max_connections=connections,
        ip_address=arguments.text("ip_address"),
    )
    world.webhook_failure = None
    _wake(world)
    return True


def delete_webhook(world: World, arguments: Arguments) -> bool:
    """deleteWebhook"""
    _drop_pending(world, arguments)
    world.webhook = None
    world.webhook_failure = None
    _wake(world)
    return True


def get_webhook_info(world: World, arguments: Arguments) -> Payload:
    """getWebhookInfo"""
    info: Payload = {
        "url": world.webhook.url if world.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
        "allowed_updates": sorted(world.updates.allowed),
    }
    if world.webhook:
        info["max_connections"] = world.webhook.max_connections
        info["ip_address"] = world.webhook.ip_address or "203.0.113.7"
    if world.webhook_failure:
        info["last_error_date"], info["last_error_message"] = world.webhook_failure
    return info


def set_allowed_updates(world: World, arguments: Arguments) -> None:
    """Note which kinds of updates the bot wants from now on."""
    kinds = arguments.items("allowed_updates")
    if unknown := set(kinds or []) - KINDS:
        world.complain(f"unknown kinds in allowed_updates: {sorted(map(str, unknown))}")
    world.updates.allow(kinds)


def _check_url(world: World, url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname or parts.scheme not in ("https", "http"):
        raise bad_request("invalid webhook URL specified")
    if world.local:
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in limits.WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if not any(url.startswith(public) for public in world.webhook_routes):
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _drop_pending(world: World, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        world.updates.pending.clear()


def _wake(world: World) -> None:
    for listener in world.updates.listeners:
        listener()
