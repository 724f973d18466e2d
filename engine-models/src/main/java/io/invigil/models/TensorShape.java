package io.invigil.models;

import java.util.List;

/**
 * Name and size of one tensor.
 *
 * @param name the tensor's name in the model
 * @param dimensions sizes, outermost dimension first
 */
public record TensorShape(String name, List<Integer> dimensions) {
    /**
     * Makes an immutable shape.
     *
     * @throws IllegalArgumentException if the name is blank, or no dimension is given, or one is not positive
     */
    public TensorShape {
        dimensions = List.copyOf(dimensions);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d <= 0)) {
            throw new IllegalArgumentException("dimensions of " + name + " must be positive, got " + dimensions);
        }
    }

    /**
     * Returns the number of elements.
     *
     * @return the product of all dimensions
     */
    public int elements() {
        return dimensions.stream().reduce(1, Math::multiplyExact);
    }
}
