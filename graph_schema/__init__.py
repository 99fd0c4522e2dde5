"""The domain, declared once: nodes, properties, relationships and closed lists."""
