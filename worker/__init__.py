"""The queue's side: jobs that take ids, and the worker that runs them."""
