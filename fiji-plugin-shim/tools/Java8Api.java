package org.inferencebridge.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/** Classes and members by name: those of Java 8 as the JDK's ct.sym lists them, and those of any jar. */
final class Java8Api {
    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();

    /** Reads what `javac --release 8` may see. */
    void addRelease8() throws IOException {
        final String symbols = System.getProperty("java.home") + "/lib/ct.sym";
        try (ZipFile zip = new ZipFile(symbols)) {
            for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                // Folders are named by the releases that they hold for: "87/java.base/java/nio/ByteBuffer.sig".
                final String name = entry.getName();
                final int slash = name.indexOf('/');
                if (name.endsWith(".sig") && slash > 0 && name.lastIndexOf('8', slash) >= 0) {
                    add(zip, entry);
                }
            }
        }
        // javac hides it, yet every Java 8 has it.
        addUnchecked("sun/misc/Unsafe");
    }

    void addJar(final String path) throws IOException {
        try (ZipFile zip = new ZipFile(path)) {
            for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    add(zip, entry);
                }
            }
        }
    }

    boolean hasClass(final String name) {
        return classes.containsKey(name) || members.containsKey(name);
    }

    /** Whether a class or anything that it inherits from has the member ("name(descriptor)" or "name:descriptor"). */
    boolean hasMember(final String owner, final String member) {
        final Set<String> own = members.get(owner);
        if (own == null) {
            return false;
        }
        final ClassNode node = classes.get(owner);
        if (own.contains(member) || node == null || isSignaturePolymorphic(owner, member)) {
            return true;
        }
        if (node.superName != null && hasMember(node.superName, member)) {
            return true;
        }
        for (final String parent : node.interfaces) {
            if (hasMember(parent, member)) {
                return true;
            }
        }
        // Interfaces inherit the methods of Object.
        return (node.access & org.objectweb.asm.Opcodes.ACC_INTERFACE) != 0 && hasMember("java/lang/Object", member);
    }

    /** Whether a class has an ancestor of such a name. */
    boolean inherits(final String name, final java.util.function.Predicate<String> isMeant) {
        final ClassNode node = classes.get(name);
        return isMeant.test(name) || node != null && node.superName != null && inherits(node.superName, isMeant);
    }

    private static boolean isSignaturePolymorphic(final String owner, final String member) {
        return owner.equals("java/lang/invoke/MethodHandle") && member.startsWith("invoke");
    }

    private void addUnchecked(final String name) {
        members.put(name, new HashSet<>());
    }

    private void add(final ZipFile zip, final ZipEntry entry) throws IOException {
        final ClassNode node = new ClassNode();
        try (InputStream stream = zip.getInputStream(entry)) {
            new ClassReader(stream).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        }
        final Set<String> own = new HashSet<>();
        for (final MethodNode method : node.methods) {
            own.add(method.name + method.desc);
        }
        for (final FieldNode field : node.fields) {
            own.add(field.name + ":" + field.desc);
        }
        classes.put(node.name, node);
        members.put(node.name, own);
    }
}
