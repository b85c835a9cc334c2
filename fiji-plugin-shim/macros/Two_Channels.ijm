// A bright channel needs little, a dim one more: each gets its own strength, in the same hyperstack.

run("Duplicate...", "title=restored duplicate");
run("Denoise...", "model=nlm channels=1 h_factor=0.6 in_place");
run("Denoise...", "model=nlm channels=2 h_factor=1.1 in_place");
