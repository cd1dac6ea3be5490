"""What does a scheme's procedure say about a case? Pure: no framework, no clock, no chance, no input or output."""
