package io.eventlane.jetstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.ConnectionSettings.Tls;

/**
 * The context that the client has for its whole life. Behind it is a new one for each connection, and it has each connection
 * compare the server's certificate with the host that it was reached by, which the client itself leaves out.
 * <p>
 * Servers tell of the others of their cluster by their IP addresses, which certificates hardly ever hold. Those are compared
 * with the name of a configured server, as the other clients of NATS do.
 */
final class RenewedTls extends SSLContext {

    RenewedTls(Tls tls, List<ServerAddress> servers) {
        super(new Contexts(tls, servers), new NoProvider(), "TLS");
    }

    private static final class Contexts extends SSLContextSpi {

        private final Tls tls;
        private final @Nullable String name;
        private final List<String> hosts;

        Contexts(Tls tls, List<ServerAddress> servers) {
            this.tls = tls;
            this.hosts = servers.stream().map(ServerAddress::host).toList();
            this.name = hosts.stream().filter(host -> !isIpAddress(host)).findFirst().orElse(null);
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) throws KeyManagementException {
            throw new KeyManagementException("It is made of other contexts");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(tls.contexts().get().getSocketFactory(), this);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return tls.contexts().get().getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return tls.contexts().get().createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return tls.contexts().get().createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return tls.contexts().get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return tls.contexts().get().getClientSessionContext();
        }

        /** What the certificate of a server that was reached by that host has to be for. */
        String nameOf(String host) {
            return name == null || hosts.contains(host) || !isIpAddress(host) ? host : name;
        }

        private static boolean isIpAddress(String host) {
            return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        }
    }

    private static final class Sockets extends SSLSocketFactory {

        private final SSLSocketFactory factory;
        private final Contexts contexts;

        Sockets(SSLSocketFactory factory, Contexts contexts) {
            this.factory = factory;
            this.contexts = contexts;
        }

        /** The only one that the client calls. */
        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            SSLSocket socket = (SSLSocket) factory.createSocket(plain, contexts.nameOf(host), port, autoClose);
            SSLParameters parameters = socket.getSSLParameters();
            Tls tls = contexts.tls;
            if (!tls.protocols().isEmpty()) {
                parameters.setProtocols(tls.protocols().toArray(String[]::new));
            }
            if (!tls.cipherSuites().isEmpty()) {
                parameters.setCipherSuites(tls.cipherSuites().toArray(String[]::new));
            }
            if (tls.verifyHostname()) {
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
            }
            socket.setSSLParameters(parameters);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw unexpected();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw unexpected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw unexpected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw unexpected();
        }

        private static IOException unexpected() {
            return new IOException("Only a socket that is connected can be secured");
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }
    }

    private static final class NoProvider extends Provider {

        private static final long serialVersionUID = 1L;

        NoProvider() {
            super("Eventlane", "1", "None: its contexts are made of other contexts");
        }
    }
}
