namespace InferenceBridge.Models;

/// <summary>
/// Looks for the focus: told of frames, says where to move. Does nothing else, and does the same whenever it is told the same. Goes where the
/// readings of a network point, and ends when a frame there confirms them; where they say nothing, or are not confirmed, it climbs the score.
/// </summary>
internal sealed class AutofocusSearch
{
    private readonly FocusSearchOptions _options;
    private readonly FocusStage _stage;
    private readonly FocusHold _hold;
    private readonly FocusRecord _record = new();
    private readonly SearchProgress _progress;
    private FocusState _state;

    /// <param name="options">Bounds and aims.</param>
    public AutofocusSearch(FocusSearchOptions options)
    {
        (_options, _stage, _hold, _progress) = (options, new FocusStage(options), new FocusHold(options), new SearchProgress(options));
    }

    /// <summary>What the caller should know; null for nothing.</summary>
    public string? Warning => _record.Warning;

    private bool IsOver => _state == FocusState.StageFault || (!_options.Holds && _state != FocusState.Searching);

    /// <summary>Takes a frame.</summary>
    /// <returns>What to do next.</returns>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the first frame lies outside of the limits.</exception>
    public FocusAdvice Advance(FocusObservation observation)
    {
        if (IsOver)
        {
            return Rest(observation.Z);
        }

        var slack = _stage.Slack;
        var fault = _stage.Arrive(observation.Z);
        var point = new SearchPoint(observation.Z, observation.Score, observation.IsEmpty, FocusReading.From(observation, _options.MinimumConfidence), slack)
        {
            Tiles = TileContrast.Pooled(observation.Tiles), Noise = observation.Noise,
        };
        _record.Add(point);
        if (fault is not null)
        {
            _record.Warning = fault;
            return End(FocusState.StageFault, point.Z);
        }

        if (_state != FocusState.Searching)
        {
            return Watch(point);
        }

        _progress.Add(point);
        return Search(point);
    }

    /// <summary>Tells outcome, place and curve, and what counted as focused.</summary>
    public void Describe(Dictionary<string, string> details)
    {
        _record.Describe(details, _state);
        FocusRecord.Describe(details, "tolerance_um", _options.Tolerance);
        FocusRecord.Describe(details, "search_step_um", _options.SearchStep);
        FocusRecord.Describe(details, "depth_of_field_um", _options.DepthOfField);
    }

    /// <summary>Writes what a new search needs to go on.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write((int)_state);
        _progress.Write(writer);
        _stage.Write(writer);
        _hold.Write(writer);
        _record.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(BinaryReader reader)
    {
        _state = (FocusState)reader.ReadInt32();
        if (!Enum.IsDefined(_state))
        {
            throw new InvalidDataException($"the state {(int)_state} of a search");
        }

        _progress.Read(reader);
        _stage.Read(reader);
        _hold.Read(reader);
        _record.Read(reader);
    }

    private FocusAdvice Search(SearchPoint point)
    {
        if (_progress.IsConfirming)
        {
            return Confirm(point, FocusBelief.Of(_progress.Points, _stage.Window, _options.Tolerance) ?? new FocusBelief(point.Z, _options.Tolerance));
        }

        var believed = _progress.MayPredict ? FocusBelief.Of(_progress.Points, _stage.Window, _options.Tolerance) : null;
        if (believed is { } belief)
        {
            _record.Believe(belief.Z, belief.Deviation);
            var isThere = Math.Abs(point.Z - _stage.Window.Clamp(belief.Z)) <= _options.Tolerance / 2;
            if (_options.ConfirmsByScore && FocusConfirmation.IsNear(_progress.Points, belief, _options.Tolerance))
            {
                _progress.IsConfirming = true;
                return Confirm(point, belief);
            }

            if (FocusConfirmation.IsConfirmed(_progress.Points, belief, _options.Tolerance))
            {
                return Found(point, belief.Z, belief.Deviation);
            }

            if (isThere && _stage.Window.IsBeyond(belief.Z, _options.Tolerance) && _progress.Points.Count > 1)
            {
                return Limited(point.Z, belief.Z);
            }

            if (!isThere || _progress.Points.Count == 1)
            {
                _progress.Predict();
                return Go(point, belief.Z);
            }

            // It should be in focus here, and does not look so: the score must tell.
            _progress.DistrustReadings();
        }

        return Climb(point);
    }

    private FocusAdvice Confirm(SearchPoint point, FocusBelief belief)
    {
        var step = ScoreConfirmation.Next(_progress.Points, belief, _stage.Window, _options.Tolerance, FirstWay(point.Z));
        switch (step.Kind)
        {
            case ScoreStepKind.Confirmed:
                return Found(point, step.Z, step.Deviation);
            case ScoreStepKind.Look:
                return Go(point, step.Z);
            default:
                _progress.DistrustReadings();
                return Climb(point);
        }
    }

    private FocusAdvice Climb(SearchPoint point)
    {
        var step = ScoreSearch.Next(_progress.Points, _stage.Window, _options, _progress.FirstStep, FirstWay(point.Z));
        switch (step.Kind)
        {
            case ScoreStepKind.Confirmed when !step.IsSure && point.Reading.IsFar(_options.Tolerance) && FocusBelief.Of(_progress.Points, _stage.Window, _options.Tolerance) is { } belief:
                // A curve that may be noise, and a reading that says so: another look at where the readings lead.
                _progress.TrustReadingsOnceMore();
                return Go(point, belief.Z);
            case ScoreStepKind.Confirmed:
                return Found(point, step.Z, step.Deviation);
            case ScoreStepKind.AtTheLimit when Math.Abs(step.Z - point.Z) <= _options.Tolerance:
                _record.Believe(step.Z, null);
                return Limited(point.Z, step.Z);
            case ScoreStepKind.Nothing:
                return End(FocusState.NotFound, point.Z);
            default:
                return Go(point, step.Z);
        }
    }

    // Up or down first: where there is more room, or, where both have enough, the way that takes up no play.
    private int FirstWay(double z)
    {
        var (below, above) = (z - _stage.Window.Low, _stage.Window.High - z);
        var enough = 2 * _options.SearchStep;
        return below >= enough && above >= enough && _stage.EasyWay != 0 ? _stage.EasyWay : above >= below ? 1 : -1;
    }

    private FocusAdvice Go(SearchPoint point, double wanted)
    {
        if (_progress.Points.Count >= _options.MaximumFrames)
        {
            return End(FocusState.NotFound, point.Z);
        }

        return Move(point.Z, wanted);
    }

    private FocusAdvice Found(SearchPoint point, double z, double deviation)
    {
        _record.Believe(z, deviation);
        _state = _options.Holds ? FocusState.Holding : FocusState.Focused;
        _hold.Begin(_progress.Points.Where(each => Math.Abs(each.Z - z) <= 2 * _options.Tolerance).Select(each => each.Score).DefaultIfEmpty(point.Score).Max());
        _progress.Restart(2 * _options.Tolerance);
        // A move that is no more than a part of the tolerance gains nothing.
        var advice = Math.Abs(point.Z - z) > _options.Tolerance / 4 ? Move(point.Z, z) : Rest(point.Z);
        _stage.Centre(advice.TargetMicrometres);
        return advice;
    }

    private FocusAdvice Watch(SearchPoint point)
    {
        var step = _hold.Next(point, isHolding: _state == FocusState.Holding);
        if (step.IsLost)
        {
            _state = FocusState.Searching;
            _progress.Restart(Math.Max(2 * _options.Tolerance, _options.SearchStep / 2));
            _stage.Centre(point.Z);
            _progress.Add(point);
            return Search(point);
        }

        if (step.Move == 0)
        {
            return Rest(point.Z);
        }

        _stage.Centre(point.Z);
        var wanted = point.Z + step.Move;
        if (_stage.Window.IsBeyond(wanted, _options.Tolerance / 4) && Math.Abs(_stage.Window.Clamp(wanted) - point.Z) < _options.Tolerance / 4)
        {
            return Limited(point.Z, wanted);
        }

        _record.Believe(wanted, step.Deviation);
        return Move(point.Z, wanted);
    }

    private FocusAdvice End(FocusState state, double z)
    {
        _state = state;
        _progress.Clear();
        return Rest(z);
    }

    private FocusAdvice Limited(double z, double wanted)
    {
        _record.Warning = _stage.DescribeEnd(wanted);
        return End(FocusState.AtTheLimit, z);
    }

    private FocusAdvice Move(double z, double wanted)
    {
        var (target, approach) = _stage.Plan(z, wanted);
        return _record.Told(new FocusAdvice(_state, target - z, target) { ApproachMicrometres = approach });
    }

    private FocusAdvice Rest(double z)
    {
        _stage.Stay(z);
        return _record.Told(new FocusAdvice(_state, 0, z));
    }
}
