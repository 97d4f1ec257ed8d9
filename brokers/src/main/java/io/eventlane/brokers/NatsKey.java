package io.eventlane.brokers;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;

/** An Ed25519 key in the form that NATS gives to it. */
final class NatsKey {

    /** Whose key it is. The code makes the first letter of the public key. */
    enum Owner {
        OPERATOR(14),
        ACCOUNT(0),
        USER(20);

        private final int code;

        Owner(int letter) {
            this.code = letter << 3;
        }
    }

    private static final int SEED = 18 << 3;
    private static final int RAW_BYTES = 32;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Owner owner;
    private final KeyPair pair;

    private NatsKey(Owner owner, KeyPair pair) {
        this.owner = owner;
        this.pair = pair;
    }

    static NatsKey create(Owner owner) {
        try {
            return new NatsKey(owner, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        var out = new ByteArrayOutputStream();
        out.write(owner.code);
        // Of the encoding, the key itself is the end.
        out.write(encoded, encoded.length - RAW_BYTES, RAW_BYTES);
        return withChecksum(out);
    }

    /** What the key is made from: a secret. */
    String seed() {
        var out = new ByteArrayOutputStream();
        out.write(SEED | owner.code >> 5);
        out.write((owner.code & 31) << 3);
        out.writeBytes(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow());
        return withChecksum(out);
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withChecksum(ByteArrayOutputStream out) {
        int crc = crc16(out.toByteArray());
        out.write(crc);
        out.write(crc >> 8);
        return base32(out.toByteArray());
    }

    /** CRC-16/XMODEM. */
    private static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte each : bytes) {
            crc ^= (each & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xffff;
        }
        return crc;
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte each : bytes) {
            held = held << 8 | each & 0xff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(BASE32.charAt(held >> bits - 5 & 31));
            }
            held &= (1 << bits) - 1;
        }
        return bits == 0 ? text.toString() : text.append(BASE32.charAt(held << 5 - bits & 31)).toString();
    }
}
