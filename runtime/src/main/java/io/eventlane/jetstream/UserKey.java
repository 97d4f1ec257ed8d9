package io.eventlane.jetstream;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;

/**
 * The key of a user: an Ed25519 key in the form that NATS gives to it. The client has one too, which brings a library of its
 * own for what the JDK does as well.
 */
final class UserKey {

    private static final int SEED = 18 << 3;
    private static final int USER = 20 << 3;
    private static final int RAW_BYTES = 32;
    private static final int CHECKSUM_BYTES = 2;
    private static final int BITS = 5;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final KeyPair pair;

    private UserKey(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * @param seed 58 characters of base 32
     * @throws IllegalArgumentException when it is not one of a user, or mistyped
     */
    static UserKey ofSeed(String seed) throws GeneralSecurityException {
        byte[] raw = decode(seed);
        int end = raw.length - CHECKSUM_BYTES;
        if (end != 2 + RAW_BYTES || checksum(raw, end) != ((raw[end] & 0xff) | (raw[end + 1] & 0xff) << 8)
                || (raw[0] & 0xf8) != SEED || ((raw[0] & 7) << 5 | (raw[1] & 0xff) >> 3) != USER) {
            throw new IllegalArgumentException("not the seed of a user");
        }
        return new UserKey(pairOf(Arrays.copyOfRange(raw, 2, end)));
    }

    /** The JDK makes a public key of a private one only where it has made that one too. */
    private static KeyPair pairOf(byte[] secret) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new Given(secret));
        KeyPair pair = generator.generateKeyPair();
        if (!Arrays.equals(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), secret)) {
            throw new GeneralSecurityException("The provider of Ed25519, " + generator.getProvider()
                    + ", makes no keys of what it is given: put SunEC in front of it");
        }
        return pair;
    }

    String publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        var out = new ByteArrayOutputStream();
        out.write(USER);
        // Of the encoding, the key itself is the end.
        out.write(encoded, encoded.length - RAW_BYTES, RAW_BYTES);
        int checksum = checksum(out.toByteArray(), out.size());
        out.write(checksum);
        out.write(checksum >> 8);
        return encode(out.toByteArray());
    }

    byte[] sign(byte[] text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(text);
        return signature.sign();
    }

    /** CRC-16/XMODEM. */
    private static int checksum(byte[] bytes, int end) {
        int crc = 0;
        for (int i = 0; i < end; i++) {
            crc ^= (bytes[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
        }
        return crc & 0xffff;
    }

    /** Bits at the end that make no byte are left out. */
    private static byte[] decode(String text) {
        var out = new ByteArrayOutputStream();
        int held = 0;
        int bits = 0;
        for (char each : text.toCharArray()) {
            held = (held << BITS | BASE32.indexOf(each)) & 0xffff;
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                out.write(held >> bits);
            }
        }
        return out.toByteArray();
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int held = 0;
        int bits = 0;
        for (byte each : bytes) {
            held = (held << 8 | each & 0xff) & 0xffff;
            for (bits += 8; bits >= BITS; bits -= BITS) {
                text.append(BASE32.charAt(held >> bits - BITS & 31));
            }
        }
        return bits == 0 ? text.toString() : text.append(BASE32.charAt(held << BITS - bits & 31)).toString();
    }

    /** Gives what it was given where something random is asked for. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] wanted) {
            System.arraycopy(bytes, 0, wanted, 0, Math.min(bytes.length, wanted.length));
        }
    }
}
