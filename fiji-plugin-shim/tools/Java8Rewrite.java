package org.inferencebridge.build;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Libraries that were compiled against a newer JDK call members that Java 8 has in a superclass, or with another return
 * type. This pass gives them Java 8's descriptors. Usage: Java8Rewrite IN.jar OUT.jar
 */
public final class Java8Rewrite {
    private Java8Rewrite() {
    }

    public static void main(final String[] args) throws Exception {
        try (ZipFile in = new ZipFile(args[0]); ZipOutputStream out = new ZipOutputStream(new FileOutputStream(args[1]))) {
            for (final Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements();) {
                final ZipEntry entry = entries.nextElement();
                if (entry.isDirectory() || !entry.getName().endsWith(".class")) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream stream = in.getInputStream(entry)) {
                    out.write(rewrite(read(stream)));
                }
                out.closeEntry();
            }
        }
    }

    private static byte[] read(final InputStream stream) throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.transferTo(bytes);
        return bytes.toByteArray();
    }

    private static byte[] rewrite(final byte[] bytes) {
        final ClassReader reader = new ClassReader(bytes);
        final ClassWriter writer = new ClassWriter(0);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(final int access, final String name, final String descriptor,
                final String signature, final String[] exceptions) {
                return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions));
            }
        }, 0);
        return writer.toByteArray();
    }

    private static final class Calls extends MethodVisitor {
        private static final String BUFFER = "java/nio/Buffer";

        Calls(final MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(final int opcode, final String owner, final String name, final String desc, final boolean isInterface) {
            if (isCovariantBuffer(owner, name, desc)) {
                // Java 9's ByteBuffer.flip() returns ByteBuffer; Java 8 has Buffer.flip(), of which it is the same object.
                super.visitMethodInsn(opcode, BUFFER, name, desc.substring(0, desc.indexOf(')') + 1) + "L" + BUFFER + ";", false);
                super.visitTypeInsn(Opcodes.CHECKCAST, owner);
                return;
            }
            super.visitMethodInsn(opcode, owner, name, desc, isInterface);
        }

        private static boolean isCovariantBuffer(final String owner, final String name, final String desc) {
            if (!owner.startsWith("java/nio/") || !owner.endsWith("Buffer") || owner.equals(BUFFER) || !desc.endsWith(")L" + owner + ";")) {
                return false;
            }
            switch (name) {
                case "flip": case "clear": case "rewind": case "mark": case "reset":
                    return desc.startsWith("()");
                case "position": case "limit":
                    return desc.startsWith("(I)");
                default:
                    return false;
            }
        }
    }
}
