package io.influtrace.edge.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * The certificate of the public port with its key, read and proved to belong together: a renewal writes two files, and
 * between them lies a moment at which they do not.
 *
 * @param expiry when it ends to be valid
 */
public record Certificate(Buffer chain, Buffer key, Instant expiry) {

    private static final byte[] PROBE = {1, 2, 3, 4};

    /**
     * Reads two PEM files, the certificate's chain and its key; blocks.
     *
     * @throws IOException where one cannot be read
     * @throws GeneralSecurityException where they hold no certificate, no key, or not those of each other
     */
    public static Certificate read(Vertx vertx, Path chain, Path key) throws IOException, GeneralSecurityException {
        Buffer certificates = Buffer.buffer(Files.readAllBytes(chain));
        Buffer secret = Buffer.buffer(Files.readAllBytes(key));
        X509KeyManager manager = manager(vertx, certificates, secret);
        String alias = manager.getServerAliases("RSA", null) != null
                ? manager.getServerAliases("RSA", null)[0]
                : manager.getServerAliases("EC", null) != null ? manager.getServerAliases("EC", null)[0] : "";
        if (alias.isEmpty()) {
            throw new GeneralSecurityException("neither an RSA nor an EC key");
        }
        X509Certificate own = manager.getCertificateChain(alias)[0];
        if (!belongTogether(own, manager.getPrivateKey(alias))) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return new Certificate(certificates, secret, own.getNotAfter().toInstant());
    }

    /** The words that Vert.x has for it. */
    public PemKeyCertOptions options() {
        return new PemKeyCertOptions().addCertValue(chain).addKeyValue(key);
    }

    /** True where both files held the same bytes. */
    public boolean isSameAs(Certificate other) {
        return chain.equals(other.chain) && key.equals(other.key);
    }

    private static X509KeyManager manager(Vertx vertx, Buffer chain, Buffer key) throws GeneralSecurityException {
        try {
            KeyManagerFactory factory =
                    new PemKeyCertOptions().addCertValue(chain).addKeyValue(key).getKeyManagerFactory(vertx);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException unfit) {
            throw unfit;
        } catch (Exception unreadable) {
            throw new GeneralSecurityException("no PEM of a certificate and its key", unreadable);
        }
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        return signature.verify(signed);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Certificate[until " + expiry + "]";
    }
}
