"""One plain mail, given to a mail server or to this machine's `sendmail`."""

import shutil
import smtplib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Event, Timer

from graph.errors import DeliveryError

_HERE = ("localhost", "127.0.0.1", "::1")
_PLACES = "/usr/sbin:/usr/lib:/usr/local/sbin:/usr/bin:/usr/local/bin"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are given; without a host to the `sendmail` of this machine.

    secure    the connection is encrypted from its first byte on; else as soon as the server can
    user      an account, whose password is never sent unencrypted; empty for none
    deadline  seconds for one mail
    """

    host: str = ""
    port: int = 0
    secure: bool = False
    user: str = ""
    password: str = ""
    deadline: float = 30.0


def make_mail(sender: str, to: str, subject: str, text: str, id: str, now: datetime) -> EmailMessage:
    """A mail of plain text, written now; `id` is what tells a repetition. Line breaks in a subject, as headlines of
    texts may have them, become blanks."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(now)  # RFC 5322 asks for it: what has none, filters take for spam
    mail["Message-ID"] = f"<{id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    return mail


def send(mail: EmailMessage, server: MailServer) -> None:
    """Gives the mail away. DeliveryError with a stable reason when it is not taken."""
    if server.host:
        _send_by_smtp(mail, server)
    else:
        _send_by_sendmail(mail, server.deadline)


def _send_by_smtp(mail: EmailMessage, server: MailServer) -> None:
    context = ssl.create_default_context()
    where = f"{server.host}:{server.port}"
    taken = False
    try:
        connection = _Connection(server)
        with _ending(connection, server.deadline), connection:
            connection.greet(context if server.secure else None)
            # This machine's own server mostly has a certificate that nobody signed; nothing leaves the machine there.
            away = server.host not in _HERE or bool(server.user)
            if away and not server.secure and connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
            if server.user:
                if not isinstance(connection.sock, ssl.SSLSocket):
                    raise _fail(where, "tls", "the server does not encrypt, so no password is sent to it")
                connection.login(server.user, server.password)
            connection.send_message(mail)
            taken = True
    except smtplib.SMTPAuthenticationError as error:
        raise _fail(where, "account", f"the account was refused ({error.smtp_code})") from error
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        if taken:  # it only did not say goodbye
            return
        raise _fail(where, "refused", f"the mail was refused ({_find_code(error)})") from error
    except ssl.SSLError as error:
        raise _fail(where, "tls", f"no secure connection: {error.reason}") from error
    except TimeoutError as error:
        if taken:
            return
        raise _fail(where, "timeout", f"no answer within {server.deadline:g} s") from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _fail(where, "connect", f"no mail server answers: {error}") from error


class _Connection(smtplib.SMTP):
    """A connection on which nothing was said yet: given a host, the constructor of smtplib would wait for the greeting
    before anybody could end it."""

    def __init__(self, server: MailServer) -> None:
        super().__init__(timeout=server.deadline)
        self._host = server.host  # whose certificate `starttls` wants
        self.sock = socket.create_connection((server.host, server.port), server.deadline)

    def greet(self, context: ssl.SSLContext | None) -> None:
        """The first words of both sides, encrypted where there is a context."""
        if context:
            assert self.sock
            secure = context.wrap_socket(self.sock, server_hostname=self._host, do_handshake_on_connect=False)
            self.sock = secure
            secure.do_handshake()
        code, message = self.getreply()
        if code != 220:
            self.close()
            raise smtplib.SMTPConnectError(code, message)
        self.ehlo_or_helo_if_needed()


@contextmanager
def _ending(connection: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Ends the connection after a time, with TimeoutError: a server that answers byte by byte never runs into a timeout
    of its own."""
    over = Event()

    def end() -> None:
        over.set()
        with suppress(OSError):
            if connection.sock:
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        if over.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()


def _find_code(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return int(next(iter(error.recipients.values()))[0])
    return int(error.smtp_code)


def _send_by_sendmail(mail: EmailMessage, seconds: float) -> None:
    program = shutil.which("sendmail", path=_PLACES)
    if program is None:
        raise _fail("sendmail", "no_sendmail", "this machine has none; name a mail server with mail_server")
    words = [program, "-i", "--", str(mail["To"])]
    try:
        done = subprocess.run(words, input=mail.as_bytes(), capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _fail(program, "timeout", f"did not take the mail within {seconds:g} s") from error
    except OSError as error:
        raise _fail(program, "refused", str(error.strerror)) from error
    if done.returncode:
        raise _fail(program, "refused", f"did not take the mail (code {done.returncode})")


def _fail(where: str, reason: str, what: str) -> DeliveryError:
    return DeliveryError(f"{where}: {what}", subject=where, reason=reason)
