import matplotlib.pyplot as plt
import numpy as np

from companion.autodiff import trace
from companion.notebook import GraphPicture, Label, Line, Panel, Player, Points, Step


def page():
    return trace(lambda x1, x2: x1 * x2 + np.sin(x1), 2.0, 3.0)


def labels(shapes):
    return [shape.text for shape in shapes if isinstance(shape, Label)]


def test_inputs_stand_below_and_the_output_on_top():
    picture = GraphPicture(page())
    assert [y for _, y in picture.positions] == [0, 0, 1, 1, 2]
    assert len(set(picture.positions)) == 5
    # The sine has one operand, the left one, and so stands left of the product.
    assert picture.positions[3][0] < picture.positions[2][0]
    assert all(picture.panel.xlim[0] < x < picture.panel.xlim[1] for x, _ in picture.positions)
    assert all(picture.panel.ylim[0] < y < picture.panel.ylim[1] for _, y in picture.positions)


def test_shapes_name_nodes_and_slopes():
    picture = GraphPicture(page())
    shapes = picture.shapes({2: ["value 6", "adjoint 1"]}, active=[0, 4])
    texts = labels(shapes)
    assert {"w1 = x1", "w3 = w1 * w2", "w4 = sin(w1)", "value 6", "adjoint 1", "3", "2", "-0.4161"} <= set(texts)
    lines = [shape for shape in shapes if isinstance(shape, Line)]
    assert [line.color for line in lines] == ["orange", "grey", "grey", "grey", "orange"]
    assert sum(isinstance(shape, Points) for shape in shapes) == 5
    assert "-0.4161" not in labels(picture.shapes(slopes=False))


def test_lines_at_a_node_stand_below_one_another():
    shapes = GraphPicture(page()).shapes({4: ["a", "b"], 0: ["c", "d"]})
    heights = {shape.text: shape.y for shape in shapes if isinstance(shape, Label)}
    assert heights["w5 = w3 + w4"] > heights["a"] > heights["b"] > 2
    assert 0 > heights["w1 = x1"] > heights["c"] > heights["d"]


def test_edges_between_the_same_nodes_lie_side_by_side():
    picture = GraphPicture(trace(lambda x: x * x, 3.0))
    first, second = [shape for shape in picture.shapes() if isinstance(shape, Line)]
    assert first.x[0] < second.x[0]
    assert labels(picture.shapes()).count("3") == 2


def test_player_and_figure():
    picture = GraphPicture(page())
    html = Player("Graph", "A graph.", [picture.panel], [Step("All.", picture.shapes())])._repr_html_()
    assert 'sp-grid" d=' not in html
    assert "w5 = w3 + w4" in html
    framed = Player("Graph", "A graph.", [Panel((0, 1), (0, 1), "x", "y")], [Step("All.", [])])._repr_html_()
    assert 'sp-grid" d=' in framed
    fig, ax = plt.subplots()
    picture.draw(ax, {2: ["6"]}, active=[1])
    drawn = [text.get_text() for text in ax.texts]
    assert "w3 = w1 * w2\n6" in drawn
    assert len(drawn) == 5 + 2 * 5
    plt.close(fig)


def test_arrows_end_at_the_boxes():
    def squares(x):
        return (x * x) * (x * x)

    fig, (left, right) = plt.subplots(1, 2, figsize=(13, 4.2))
    graphs = page(), trace(squares, 3.0)
    for ax, graph in zip((left, right), graphs, strict=True):
        GraphPicture(graph).draw(ax, {i: ["value", "adjoint"] for i in range(len(graph.nodes))})
    fig.canvas.draw()
    for ax, graph in zip((left, right), graphs, strict=True):
        frames = [text.get_bbox_patch().get_window_extent() for text in ax.texts if text.get_bbox_patch()]
        arrows = [text.arrow_patch for text in ax.texts if getattr(text, "arrow_patch", None)]
        for edge, arrow in zip(graph.edges, arrows, strict=True):
            # An arrow comes from below: its head ends at the lower side, neither under the box nor short of it.
            top = arrow.get_path().vertices[:, 1].max()
            assert -6 < top - frames[edge.child].y0 < 2
    plt.close(fig)
