"""The HTTP side: from a request to the method that answers it, and the faults between."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from . import inline_methods, message_methods, profile_methods, webhook_methods
from .arguments import Arguments
from .faults import DO_THE_WORK, Fault, Order
from .journal import Request
from .polling import Polling
from .refusal import Refusal, bad_request, refuse, too_many_requests, unauthorized
from .world import World

METHODS: Mapping[str, Callable[[World, Arguments], Any]] = {
    "getMe": profile_methods.get_me,
    "close": profile_methods.close,
    "logOut": profile_methods.log_out,
    "setMyCommands": profile_methods.set_my_commands,
    "getMyCommands": profile_methods.get_my_commands,
    "deleteMyCommands": profile_methods.delete_my_commands,
    "setMyName": profile_methods.set_my_name,
    "getMyName": profile_methods.get_my_name,
    "setMyDescription": profile_methods.set_my_description,
    "getMyDescription": profile_methods.get_my_description,
    "setMyShortDescription": profile_methods.set_my_short_description,
    "getMyShortDescription": profile_methods.get_my_short_description,
    "getChat": profile_methods.get_chat,
    "getChatMember": profile_methods.get_chat_member,
    "leaveChat": profile_methods.leave_chat,
    "sendMessage": message_methods.send_message,
    "editMessageText": message_methods.edit_message_text,
    "editMessageReplyMarkup": message_methods.edit_message_reply_markup,
    "deleteMessage": message_methods.delete_message,
    "deleteMessages": message_methods.delete_messages,
    "sendChatAction": message_methods.send_chat_action,
    "answerCallbackQuery": message_methods.answer_callback_query,
    "answerInlineQuery": inline_methods.answer_inline_query,
    "setWebhook": webhook_methods.set_webhook,
    "deleteWebhook": webhook_methods.delete_webhook,
    "getWebhookInfo": webhook_methods.get_webhook_info,
}
_NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
_BODY_BYTES = 50 << 20

_PAGE_OF_A_PROXY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)


class Front:
    """Answers requests to /bot<token>/<method>; lives on the server's event loop."""

    def __init__(self, world: World, polling: Polling) -> None:
        self._world = world
        self._polling = polling

    def application(self) -> web.Application:
        """The web application."""
        application = web.Application(client_max_size=_BODY_BYTES)
        application.router.add_route("*", "/{path:.*}", self._handle)
        return application

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        token, slash, name = request.path.removeprefix("/bot").partition("/")
        if not request.path.startswith("/bot") or not slash:
            return _respond(404, refuse(404, "").body() | {"description": "Not Found"})
        arguments = Arguments(await _fields(request))
        method = _NAMES.get(name.lower(), name)
        with self._world.changed:
            entry = self._world.journal.open(method, arguments.decoded(), self._world.now())
            order = None
            if token == self._world.token:
                order = self._world.faults.take(method, self._world.concerned(arguments))
            self._world.changed.notify_all()
        entry.fault = order.fault.name if order else None
        if order and order.fault not in DO_THE_WORK:
            status, body = await self._refused_by_fault(order)
        else:
            status, body = await self._work(token, method, entry, arguments)
        response = await self._spoiled(request, order, status, body) if order else None
        with self._world.changed:
            entry.status = status
            entry.description = body.get("description", "")
            entry.answered_at = self._world.now()
            self._world.changed.notify_all()
        return response or _respond(status, body)

    async def _work(
        self, token: str, method: str, entry: Request, arguments: Arguments
    ) -> tuple[int, dict[str, Any]]:
        try:
            if token != self._world.token:
                raise unauthorized()
            if self._world.logged_out:
                raise bad_request("logged out")
            if method == "getUpdates":
                result: Any = await self._polling.get_updates(entry, arguments)
            else:
                result = self._perform(method, entry, arguments)
            return 200, {"ok": True, "result": result}
        except Refusal as refusal:
            return refusal.status, refusal.body()

    def _perform(self, method: str, entry: Request, arguments: Arguments) -> Any:
        with self._world.working(entry, arguments):
            if (function := METHODS.get(method)) is None:
                self._world.complain("no such method, or one that is not emulated")
                raise refuse(404, "method not found")
            # The answer shows the state at this moment: later changes must not reach it.
            return json.loads(json.dumps(function(self._world, arguments)))

    async def _refused_by_fault(self, order: Order) -> tuple[int, dict[str, Any]]:
        match order.fault:
            case Fault.TOO_MANY_REQUESTS:
                refusal = too_many_requests(round(order.seconds))
            case Fault.SERVER_ERROR:
                refusal = refuse(500, "sent by order")
            case Fault.UNAUTHORIZED:
                refusal = unauthorized()
            case Fault.NOT_FOUND:
                refusal = Refusal(404, "Not Found")
            case Fault.CONFLICT:
                refusal = refuse(409, "terminated by other getUpdates request")
            case Fault.BAD_GATEWAY:
                return 502, {}
            case _:
                return 0, {}
        return refusal.status, refusal.body()

    async def _spoiled(
        self, request: web.Request, order: Order, status: int, body: dict[str, Any]
    ) -> web.StreamResponse | None:
        """What is sent in place of the answer, None for the answer itself."""
        whole = json.dumps(body).encode()
        half = whole[: len(whole) // 2]
        match order.fault:
            case Fault.BAD_GATEWAY:
                return web.Response(status=502, text=_PAGE_OF_A_PROXY, content_type="text/html")
            case Fault.TRUNCATED_JSON:
                return web.Response(status=status, body=half, content_type="application/json")
            case Fault.CUT_BODY:
                cut = web.StreamResponse(status=status, headers={"Content-Length": str(len(whole))})
                await cut.prepare(request)
                await cut.write(half)
                _hang_up(request, after_flushing=True)
                return cut
            case Fault.HANG | Fault.HANG_AFTER:
                await asyncio.sleep(order.seconds)
        if order.fault in (Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.HANG, Fault.HANG_AFTER):
            _hang_up(request, after_flushing=False)
            return web.Response()
        return None


def _hang_up(request: web.Request, *, after_flushing: bool) -> None:
    if (transport := request.transport) is not None:
        transport.close() if after_flushing else transport.abort()


def _respond(status: int, body: dict[str, Any]) -> web.Response:
    headers = {}
    if (retry_after_s := body.get("parameters", {}).get("retry_after")) is not None:
        headers["Retry-After"] = str(retry_after_s)
    return web.json_response(body, status=status, headers=headers)


async def _fields(request: web.Request) -> dict[str, str]:
    fields = dict(request.query)
    if request.content_type == "application/json":
        sent = json.loads(await request.text() or "{}")
        fields |= {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in sent.items()
            if value is not None
        }
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        fields |= {
            name: value if isinstance(value, str) else f"file {name}"
            for name, value in (await request.post()).items()
        }
    return fields
