"""A napari panel that runs an operation on the selected layer, in the background, and adds the result as a layer.

Needs napari, magicgui and inferencebridge. Run: python samples/napari_widget.py [HOST:PORT]
"""

import sys


def create_widget(address: str):
    """The panel, for ``viewer.window.add_dock_widget``; its list of operations comes from the server."""
    from inferencebridge import Client
    from magicgui import magicgui
    from napari.layers import Image
    from napari.qt.threading import thread_worker
    from napari.types import LayerDataTuple

    client = Client(address)
    names = [o.id for o in client.operations() if not any(i.required and i.name != "image" for i in o.inputs)]

    @thread_worker
    def restore(data, scale, name, operation) -> LayerDataTuple:
        axes = "tczyx"[-data.ndim :] if data.ndim != 4 else "tzyx"
        result = client.run(operation, data, axes=axes, voxel_size_um=tuple(scale)[-min(3, data.ndim) :])
        return (result.array, {"name": f"{name} {operation}", "scale": scale}, "image")

    @magicgui(operation={"choices": names}, call_button="Run")
    def widget(layer: Image, operation: str = names[0]):
        import napari

        viewer = napari.current_viewer()
        worker = restore(layer.data, layer.scale, layer.name, operation)
        worker.returned.connect(lambda made: viewer.add_image(made[0], **made[1]))
        worker.errored.connect(lambda error: napari.utils.notifications.show_error(str(error)))
        worker.start()

    return widget


def main() -> None:
    import napari

    viewer = napari.Viewer()
    viewer.window.add_dock_widget(create_widget(sys.argv[1] if len(sys.argv) > 1 else "localhost:50051"), name="InferenceBridge")
    napari.run()


if __name__ == "__main__":
    main()
