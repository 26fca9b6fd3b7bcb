"""The messages by which workers are told what to do, on RabbitMQ by Celery; nothing else here knows either.

A message names a task and carries a version, and ids or hosts: never a text. Each effect is keyed in archive and graph,
so that one lost or doubled costs time and no data. What three processes died on, what failed by a fault of ours, and
what a newer version sent, goes to the dead letters.
"""

import logging
import os
import socket
import ssl
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

from amqp.exceptions import AccessRefused, AMQPError, MessageNacked
from celery import Celery
from celery.exceptions import Reject
from celery.schedules import crontab
from celery.signals import worker_process_shutdown
from kombu.connection import Connection
from kombu.entity import Exchange, Queue
from kombu.exceptions import KombuError
from kombu.message import Message
from kombu.messaging import Producer

from commands.broker_settings import DEAD, LATER, QUEUES
from commands.jobs import Jobs
from commands.queues import DeadLetter, QueueState, WorkerState, pick_letters, read_letter
from commands.settings import Config
from graph.errors import BrokerError

VERSION = 1
"""Of what messages hold. A worker reads its own only."""
_WORK = (*QUEUES, LATER)
# Each task, and the queue that it waits in.
TASKS = {name: name for name in _WORK} | {"relate": "derive", "tidy": "plan"}
# Of each queue; whoever sends more is refused. The planner stops long before (jobs.py).
_MOST = {"plan": 100, "fetch": 100, "read": 1_000, "ask": 1_000, LATER: 1_000, "derive": 100}
_MOST_DEAD = 10_000
# Deliveries after the first: a message that ends its process is tried three times.
_REDELIVERIES = 2
# Looking at dead letters gives them back to their queue, which counts that as a delivery. Never is not to be had from
# every version of the broker.
_LOOKS = 1_000_000
# Seconds; a plan that waited longer is followed by the next one.
_EVERY, _EXPIRES = 60.0, 55.0
# Hour of the night, in UTC.
_TIDY_AT = 3
# A task's own limit is 120 s; RabbitMQ waits 30 min for a word of its end.
_TIME_LIMIT = 600
# A language model may take minutes for each window of a long article.
_ASKING_LIMIT = 1_500
_TASKS_A_PROCESS = 200
_PATIENCE = 5.0
_SILENCE = 5
# No queue has that name: what is sent there is gone.
_NOBODY = "claimgraph.nobody"
# Seconds in which a worker answers when it is asked how it does.
_ANSWER = 2.0

_EXCHANGE = Exchange("claimgraph", type="topic", durable=True)
_DEAD_EXCHANGE = Exchange("claimgraph.dead", type="fanout", durable=True)


class Cluster:
    """The workers over one archive and graph, as whoever sends them something sees them. BrokerError when it cannot.

    password  of the broker's user; it is in no message and no text
    """

    def __init__(self, config: Config, password: str = "") -> None:
        self._config = config
        self._jobs = Jobs(config, self)
        self.app = _make_app(config, password, self._jobs)

    def send(self, task: str, ids: Iterable[str] = ()) -> None:
        """Sends one message, and returns when the broker has it."""
        fields = {"version": VERSION, **({"ids": list(ids)} if ids else {})}
        with self._asking() as connection:
            self.app.send_task(
                _name(task), kwargs=fields, expires=_EXPIRES if task == "plan" else None, connection=connection
            )

    def count_waiting(self, queue: str) -> int:
        """Messages in a queue that no worker has yet."""
        [state] = self.list_queues((queue,))
        return state.waiting

    def list_queues(self, names: Sequence[str] = (*_WORK, DEAD)) -> tuple[QueueState, ...]:
        """The queues as they are now; made when they are not there yet."""
        with self._asking() as connection:
            states = []
            for name in names:
                queue = _make_queue(name)(connection.default_channel)
                queue.declare()
                found = queue.queue_declare(passive=True)
                states.append(QueueState(name, found.message_count, found.consumer_count))
            return tuple(states)

    def list_workers(self) -> tuple[WorkerState, ...]:
        """The workers that answer within seconds, by name."""
        with self._asking() as connection:
            # Celery's own question would wait for ever where the broker is silent.
            Producer(connection.default_channel).publish({}, routing_key=_NOBODY, retry=False)
            asked = self.app.control.inspect(timeout=_ANSWER, connection=connection)
            queues, active = asked.active_queues() or {}, asked.active() or {}
        return tuple(
            WorkerState(name, tuple(sorted(queue["name"] for queue in queues[name])), len(active.get(name) or ()))
            for name in sorted(queues)
        )

    def list_dead(self) -> tuple[DeadLetter, ...]:
        """The dead letters, the one that died first before the others; they stay where they are."""
        with self._reading_dead() as letters:
            return tuple(read_letter(letter) for letter in letters)

    def send_again(self, ids: Collection[str] | None) -> int:
        """How many of these dead letters, or of all, wait in their queue again; they can die there anew.

        One that came from no queue of ours stays.
        """
        with self._reading_dead() as letters, self.app.amqp.producer_pool.acquire(block=True) as producer:
            picked = [one for one in pick_letters(letters, ids) if read_letter(one).queue in _WORK]
            for letter in picked:
                headers = {name: value for name, value in letter.headers.items() if not name.startswith("x-")}
                producer.publish(
                    letter.body,
                    exchange=_EXCHANGE.name,
                    routing_key=read_letter(letter).queue,
                    headers=headers,
                    content_type=letter.content_type,
                    content_encoding=letter.content_encoding,
                    correlation_id=letter.properties.get("correlation_id"),
                    delivery_mode=2,
                )
                letter.ack()
            return len(picked)

    def drop_dead(self, ids: Collection[str] | None) -> int:
        """How many of these dead letters, or of all, are gone for good."""
        with self._reading_dead() as letters:
            picked = pick_letters(letters, ids)
            for letter in picked:
                letter.ack()
            return len(picked)

    def work(self, queues: Sequence[str], concurrency: int, *, beat: bool) -> int:
        """Works until it is told to end; the exit code.

        beat  sends plans, too, the first one at once
        Who reads takes from `later` as well.
        """
        self.list_queues()
        worker_process_shutdown.connect(lambda **_: self._jobs.close(), weak=False)
        if beat:
            self.send("plan")
        worker = self.app.Worker(
            hostname=f"{'+'.join(queues)}-{os.getpid()}@{socket.gethostname()}",
            queues=[*queues, *([LATER] if self._config.reading_task in queues else [])],
            concurrency=concurrency,
            pool="prefork",
            beat=beat,
            loglevel=logging.WARNING if self._config.quiet else logging.INFO,
            quiet=True,
            without_gossip=True,
            without_mingle=True,
        )
        worker.start()
        return int(worker.exitcode or 0)

    @contextmanager
    def _reading_dead(self) -> Iterator[list[Message]]:
        """All dead letters; those that are not acknowledged go back to their queue at the end."""
        with self._asking() as connection:
            queue = _make_queue(DEAD)(connection.default_channel)
            queue.declare()
            letters = []
            while letter := queue.get():
                letters.append(letter)
            yield letters

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        """A connection of its own."""
        # A broker out of memory or disk answers whoever sends it something by silence.
        waiting = {"read_timeout": _SILENCE, "write_timeout": _SILENCE}
        with self._translated(), self.app.connection_for_write(transport_options=waiting) as connection:
            connection.ensure_connection(max_retries=1, timeout=_PATIENCE)
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What goes wrong with the broker is told in our words."""
        broker = self._config.broker
        try:
            yield
        except AccessRefused as error:
            raise BrokerError(
                f"broker {broker.address}: the account is refused; look at CLAIMGRAPH_BROKER_USER and "
                "CLAIMGRAPH_BROKER_PASSWORD_FILE, and at its rights on the virtual host",
                subject=broker.address,
                reason="refused",
            ) from error
        except MessageNacked as error:
            message = f"broker {broker.address}: takes no more messages; start workers, or look why they do not work"
            raise BrokerError(message, subject=broker.address, reason="full") from error
        except (AMQPError, KombuError, OSError) as error:
            cause = error.__cause__
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise BrokerError(
                    f"broker {broker.address}: does not prove that it has this name ({cause.verify_message}); "
                    "the certificate of an authority of your own goes into SSL_CERT_FILE",
                    subject=broker.address,
                    reason="certificate",
                ) from error
            raise BrokerError(
                f"broker {broker.address}: does not answer ({type(error).__name__}: {str(error)[:200]}); "
                "is it running, are address and virtual host right, and has it memory and disk left?",
                subject=broker.address,
                reason="unreachable",
            ) from error


def _make_app(config: Config, password: str, jobs: Jobs) -> Celery:
    app = Celery("claimgraph", set_as_current=False)
    app.conf.update(
        broker_url=_make_url(config, password),
        broker_use_ssl=_make_tls(config.broker.address),
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"confirm_publish": True},
        task_publish_retry=False,
        task_queues=[_make_queue(name) for name in _WORK],
        task_routes={_name(task): {"queue": queue, "routing_key": queue} for task, queue in TASKS.items()},
        task_create_missing_queues=False,
        task_default_queue="plan",
        task_default_exchange=_EXCHANGE.name,
        task_default_exchange_type=_EXCHANGE.type,
        task_default_routing_key="plan",
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_failure=False,
        task_acks_on_timeout=False,
        task_ignore_result=True,
        task_time_limit=_TIME_LIMIT,
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_max_tasks_per_child=_TASKS_A_PROCESS,
        worker_redirect_stdouts=False,
        beat_scheduler="celery.beat:Scheduler",  # keeps no file
        beat_schedule={
            "plan": {"task": _name("plan"), "schedule": _EVERY, "kwargs": {"version": VERSION}}
            | {"options": {"expires": _EXPIRES}},
            "tidy": {
                "task": _name("tidy"),
                "schedule": crontab(hour=_TIDY_AT, minute=0),
                "kwargs": {"version": VERSION},
            },
        },
    )
    for task in TASKS:
        # What does not fit the signature is a fault of who sent it: it is seen here, and the message dies.
        limit = _ASKING_LIMIT if task in ("ask", LATER) and config.reading_task == "ask" else None
        app.task(_make_task(task, jobs), name=_name(task), typing=False, time_limit=limit)
    return app


def _make_task(task: str, jobs: Jobs) -> Callable[..., None]:
    def do(version: int = 0, ids: Sequence[str] = ()) -> None:
        if version != VERSION:
            raise Reject(f"a message of version {version}; this worker knows {VERSION}", requeue=False)
        jobs.do(task, ids)

    return do


def _make_queue(name: str) -> Queue:
    quorum: dict[str, Any] = {"x-queue-type": "quorum"}
    if name == DEAD:
        limits = {"x-delivery-limit": _LOOKS, "x-max-length": _MOST_DEAD}
        return Queue(DEAD, _DEAD_EXCHANGE, durable=True, queue_arguments=quorum | limits)
    arguments = quorum | {
        "x-delivery-limit": _REDELIVERIES,
        "x-dead-letter-exchange": _DEAD_EXCHANGE.name,
        "x-max-length": _MOST[name],
        "x-overflow": "reject-publish",
    }
    if name == "derive":
        arguments["x-single-active-consumer"] = True
    return Queue(name, _EXCHANGE, routing_key=name, durable=True, queue_arguments=arguments)


def _name(task: str) -> str:
    return f"claimgraph.{task}"


def _make_url(config: Config, password: str) -> str:
    broker = config.broker
    scheme, _, rest = broker.address.partition("://")
    account = f"{quote(broker.user, safe='')}:{quote(password, safe='')}@" if broker.user else ""
    return f"{scheme}://{account}{rest}"


def _make_tls(address: str) -> dict[str, Any] | None:
    """Only a server that proves by its certificate that it has that name."""
    parts = urlsplit(address)
    if parts.scheme != "amqps":
        return None
    return {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": parts.hostname}
