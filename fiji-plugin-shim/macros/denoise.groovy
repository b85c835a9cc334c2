// Groovy (Fiji's script editor): denoises every open image.
import ij.IJ
import ij.WindowManager

WindowManager.imageTitles.each { title ->
    IJ.run(WindowManager.getImage(title), "Denoise...", "model=nlm patch_size=5")
}
