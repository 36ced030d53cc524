"""The engine inside a Celery worker process: claims executions and drives them side by side."""
