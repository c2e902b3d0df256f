"""A bare Bolt app behind the same threaded server as the bot's HTTP mode; it only acknowledges."""

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from waitress import serve

from tests.bench._bare import LISTENERS, WORKERS, acknowledge


def main() -> None:
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        listener_executor=ThreadPoolExecutor(LISTENERS),
    )
    app.command("/raportoi")(acknowledge)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    serving = threading.Thread(
        target=serve,
        args=(SlackRequestHandler(app),),
        kwargs={"listen": f"127.0.0.1:{sys.argv[1]}", "threads": WORKERS, "connection_limit": 500},
        daemon=True,
    )
    serving.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
