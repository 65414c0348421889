"""A small bot in a process of its own, with which the emulated server is tested.

It echoes texts in a quotation with buttons, and answers edits, commands, presses and inline
queries. Usage: echo_bot.py <server url> <token> [<port of its webhook>]
"""

import sys

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    MessageEntity,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

Context = ContextTypes.DEFAULT_TYPE

_KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("more", callback_data="more")],
        [
            InlineKeyboardButton("copy", copy_text=CopyTextButton("copied words")),
            InlineKeyboardButton("page", url="https://www.example.org/page"),
        ],
    ]
)


async def start(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text(f"started with {context.args}")


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    text = message.text or "no text"
    quotation = MessageEntity(
        type=MessageEntity.EXPANDABLE_BLOCKQUOTE,
        offset=0,
        length=len(text.encode("utf-16-le")) // 2,
    )
    await message.chat.send_action("typing")
    await message.reply_text(
        f"{text}\nechoed", entities=[quotation], reply_markup=_KEYBOARD, do_quote=True
    )


async def press(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer(f"you pressed {query.data}")
    await query.edit_message_text(f"edited after {query.data}")


async def inline(update: Update, context: Context) -> None:
    query = update.inline_query
    assert query is not None
    content = InputTextMessageContent(f"passage about {query.query}")
    article = InlineQueryResultArticle("1", f"About {query.query}", content)
    await query.answer([article], cache_time=60)


async def clean(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    number = update.effective_message.message_id
    await update.effective_message.chat.delete_messages([number])


def main() -> None:
    """Run until SIGTERM."""
    server, token, *port = sys.argv[1:]
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{server}/bot")
        .base_file_url(f"{server}/file/bot")
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .build()
    )
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CommandHandler("clean", clean))
    application.add_handler(MessageHandler(filters.ALL, echo))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(inline))
    if port:
        application.run_webhook(
            listen="127.0.0.1",
            port=int(port[0]),
            url_path="hook",
            webhook_url="https://bot.example.org/hook",
            secret_token="a-secret_of-the-webhook",
            allowed_updates=Update.ALL_TYPES,
        )
    else:
        application.run_polling(timeout=5, allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
