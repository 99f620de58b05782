"""What moderators look at before and after the public reads, and how that can be questioned."""
