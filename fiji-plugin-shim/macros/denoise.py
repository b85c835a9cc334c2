# Jython (Fiji's script editor): denoises every open image. Groovy is the same but for the loop.
from ij import IJ, WindowManager

for title in WindowManager.getImageTitles():
    IJ.run(WindowManager.getImage(title), "Denoise...", "model=nlm patch_size=5")
