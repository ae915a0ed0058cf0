"""The queue: RQ on Redis or Valkey, the embedded Valkey, and the worker that runs what ``worker.jobs`` holds."""

from intake.queue.jobs import JOBS, RqQueue
from intake.queue.valkey import EmbeddedValkey, embedded_socket
from intake.queue.worker import run_worker

__all__ = ["JOBS", "EmbeddedValkey", "RqQueue", "embedded_socket", "run_worker"]
