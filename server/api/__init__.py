"""What clients may ask: the public types, made from the declared domain."""
