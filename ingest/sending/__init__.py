"""What leaves this machine: mails and webhooks."""
