"""URLs -> answers: asking servers politely and safely. Knows nothing of reports."""
