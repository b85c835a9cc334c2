// Denoises the active image and sharpens the result with a measured PSF.
// The server is that of Plugins > InferenceBridge > Server... With an argument, the PSF's path, it asks nothing.

psf = getArgument();
if (psf == "") psf = File.openDialog("PSF");
run("Denoise...", "model=nlm patch_size=5 patch_distance=6");
rename("denoised");
run("Deconvolve...", "model=richardson-lucy psf=[" + psf + "] iterations=20 background=100");
