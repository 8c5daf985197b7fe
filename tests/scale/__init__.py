"""How the warehouse bears the reports of all provinces over ten years."""
