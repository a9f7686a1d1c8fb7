"""Makes a report of a folder of notebooks as they are: adds what is missing, touches nothing else."""
