package io.invigil.replay.eval;

import io.invigil.api.AlertType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which models the alerts of a kind rest on, by the models' names. A model of an unknown name may bear on every kind. */
final class ModelsOfKind {
    private ModelsOfKind() {}

    /** What a model is for. */
    private enum Role {
        FACE,
        THINGS,
        IDENTITY,
        UNKNOWN
    }

    static List<String> of(AlertType type, Collection<String> models) {
        Set<Role> roles = roles(type);
        return models.stream()
                .filter(name -> roles.contains(role(name)))
                .sorted()
                .toList();
    }

    private static Set<Role> roles(AlertType type) {
        return switch (type) {
            case NO_FACE, EYES_LOOKING_AWAY, PARTIAL_FACE, REPEATED_GLANCES -> EnumSet.of(Role.FACE, Role.UNKNOWN);
            case MULTIPLE_PERSONS -> EnumSet.of(Role.FACE, Role.THINGS, Role.UNKNOWN);
            case PROHIBITED_OBJECT -> EnumSet.of(Role.THINGS, Role.UNKNOWN);
            case IDENTITY_CHANGED -> EnumSet.of(Role.FACE, Role.IDENTITY, Role.UNKNOWN);
            case SPOOF -> EnumSet.allOf(Role.class);
            default -> EnumSet.noneOf(Role.class);
        };
    }

    private static Role role(String name) {
        if (name.startsWith("face_detection") || name.startsWith("face_mesh")) {
            return Role.FACE;
        }
        if (name.startsWith("nanodet") || name.startsWith("centernet")) {
            return Role.THINGS;
        }
        return name.startsWith("face_recognition") || name.contains("embed") ? Role.IDENTITY : Role.UNKNOWN;
    }
}
