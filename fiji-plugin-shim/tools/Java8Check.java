package org.inferencebridge.build;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Fails when a jar holds a class file that is newer than Java 8, or code that calls a class, method or field which neither
 * Java 8 nor the jar nor the jars after it have. Usage: Java8Check JAR [LIBRARY...]
 */
public final class Java8Check {
    /** Libraries that Netty looks for and does without: native TLS and log frameworks. */
    private static final String[] OPTIONAL = {"org/inferencebridge/shaded/io/netty/internal/tcnative/", "org/slf4j/", "org/apache/log4j/",
        "org/apache/logging/log4j/"};

    private final Java8Api api = new Java8Api();
    private int optional;
    private final Set<String> missing = new TreeSet<>();
    private int classes;
    private int references;

    public static void main(final String[] args) throws Exception {
        final Java8Check check = new Java8Check();
        check.api.addRelease8();
        for (final String jar : args) {
            check.api.addJar(jar);
        }
        check.scan(args[0]);
        if (!check.missing.isEmpty()) {
            check.missing.forEach(System.err::println);
            System.err.println(check.missing.size() + " references that Java 8 cannot resolve (libraries: "
                + Arrays.asList(args).subList(1, args.length) + ")");
            System.exit(1);
        }
        System.out.println(check.classes + " classes, " + check.references + " references, all in Java 8 or in the jar ("
            + check.optional + " to libraries that Netty does without)");
    }

    private void scan(final String jar) throws Exception {
        try (ZipFile zip = new ZipFile(jar)) {
            for (final Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    try (InputStream stream = zip.getInputStream(entry)) {
                        new ClassReader(stream).accept(new ClassScan(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                    }
                    classes++;
                }
            }
        }
    }

    private void type(final String from, final String name) {
        if (name.startsWith("[")) {
            final Type element = Type.getType(name).getElementType();
            if (element.getSort() == Type.OBJECT) {
                type(from, element.getInternalName());
            }
            return;
        }
        references++;
        if (isOptional(name)) {
            optional++;
        } else if (!api.hasClass(name)) {
            missing.add(from + " -> " + name);
        }
    }

    private void member(final String from, final String owner, final String member) {
        if (owner.startsWith("[")) {
            return;
        }
        type(from, owner);
        if (api.hasClass(owner) && !api.hasMember(owner, member) && !api.inherits(owner, Java8Check::isOptional)) {
            missing.add(from + " -> " + owner + "." + member);
        }
    }

    private static boolean isOptional(final String name) {
        return Arrays.stream(OPTIONAL).anyMatch(name::startsWith);
    }

    private final class ClassScan extends ClassVisitor {
        private String name;

        ClassScan() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(final int version, final int access, final String className, final String signature,
            final String superName, final String[] interfaces) {
            name = className;
            if ((version & 0xFFFF) > Opcodes.V1_8) {
                missing.add(className + " is a class file of level " + (version & 0xFFFF));
            }
            type(name, superName);
            for (final String parent : interfaces) {
                type(name, parent);
            }
        }

        @Override
        public MethodVisitor visitMethod(final int access, final String method, final String descriptor, final String signature,
            final String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(final int opcode, final String owner, final String called, final String desc,
                    final boolean isInterface) {
                    member(name + "." + method, owner, called + desc);
                }

                @Override
                public void visitFieldInsn(final int opcode, final String owner, final String field, final String desc) {
                    member(name + "." + method, owner, field + ":" + desc);
                }

                @Override
                public void visitTypeInsn(final int opcode, final String typeName) {
                    type(name + "." + method, typeName);
                }

                @Override
                public void visitInvokeDynamicInsn(final String called, final String desc, final Handle bootstrap,
                    final Object... arguments) {
                    handle(bootstrap);
                    for (final Object argument : arguments) {
                        if (argument instanceof Handle) {
                            handle((Handle) argument);
                        }
                    }
                }

                private void handle(final Handle handle) {
                    member(name + "." + method, handle.getOwner(), handle.getName()
                        + (handle.getTag() <= Opcodes.H_PUTSTATIC ? ":" : "") + handle.getDesc());
                }
            };
        }
    }
}
