"""Where platforms deliver: one secret address an account."""
