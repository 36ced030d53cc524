"""People who are waited for: what they are asked, who may answer, and what they answered."""
