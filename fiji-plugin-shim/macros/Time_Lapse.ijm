// Denoises the frames of a time-lapse in steps, with the strength fitted to each: bleaching makes later frames noisier.

source = getImageID();
Stack.getDimensions(width, height, channels, slices, frames);
step = 10;
for (first = 1; first <= frames; first += step) {
    last = minOf(frames, first + step - 1);
    selectImage(source);
    run("Denoise...", "model=nlm frames=" + first + "-" + last + " in_place");
}
