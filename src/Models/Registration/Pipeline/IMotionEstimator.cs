using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Finds how frames have moved against a template. The pipeline (<see cref="MotionJob"/>) does all the rest: it decodes frames, keeps the
/// template, moves frames back, measures quality.
/// </summary>
/// <remarks>Order of calls: Begin, then SetTemplate, then Estimate and Learn for one or several frames, and again.</remarks>
internal interface IMotionEstimator : IDisposable
{
    /// <summary>A pass begins.</summary>
    /// <param name="onlyLooks">Whether what is found makes no more than the template of the next pass, so that less accuracy will do.</param>
    void Begin(bool onlyLooks)
    {
    }

    /// <summary>Sets what frames are compared with; what is computed from it alone is computed here, once.</summary>
    /// <param name="template">float32, (z, y, x), finite; z is 1 unless the operation moves stacks along z. Stays the caller's.</param>
    /// <param name="variance">
    /// How much each pixel varies over time in frames corrected before, float32 of the template's shape; null where that is not known.
    /// Pixels that vary more than their noise change by themselves, as cells do that light up. Stays the caller's.
    /// </param>
    void SetTemplate(Tensor template, Tensor? variance = null);

    /// <summary>
    /// Finds the motion of an image. Called from several threads at once between changes of the template; the result may depend on
    /// nothing but the image, <paramref name="start"/>, the template, and what was learned up to the last call of <see cref="Update"/>.
    /// </summary>
    /// <param name="image">float32, of the template's shape, finite, not constant. Stays the caller's.</param>
    /// <param name="start">Where an earlier pass found it, against the present template; null where there was none.</param>
    /// <returns>The caller disposes it.</returns>
    Motion Estimate(Tensor image, Displacement? start);

    /// <summary>
    /// Takes in what <see cref="Estimate"/> gave: in the order of the frames, one by one, also in first passes. Later frames may be estimated
    /// meanwhile.
    /// </summary>
    void Learn(Motion motion)
    {
    }

    /// <summary>
    /// What was learned counts from now on. Called after fixed numbers of frames (<see cref="LearningSchedule"/>) in passes that make
    /// results, and after a pass that only looks.
    /// </summary>
    void Update()
    {
    }

    /// <summary>Writes what was learned, for a job that goes on later.</summary>
    void Write(BinaryWriter writer)
    {
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    void Read(BinaryReader reader)
    {
    }
}
