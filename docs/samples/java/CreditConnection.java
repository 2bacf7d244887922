import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

/** Sends requests to the service; what Java's own HTTP client and a few lines of JSON can do. */
class CreditConnection {
    // Left to itself, Java asks every plain connection to become HTTP/2, which the service does not speak.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final String key;

    CreditConnection(String address, String key) {
        this.address = address;
        this.key = key;
    }

    /** Part of an address, safe to stand there. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a request is answered with, as JSON. */
    Map<String, Object> send(String method, String path, Map<String, ?> query, Object body, String idempotencyKey) {
        return Json.object(new String(fetch(method, path, query, body, idempotencyKey), StandardCharsets.UTF_8));
    }

    /** What a request is answered with, as it comes. */
    byte[] fetch(String method, String path, Map<String, ?> query, Object body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path + asked(query)))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key);
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (body instanceof byte[] file) {
            request.header("Content-Type", "application/octet-stream").method(method, BodyPublishers.ofByteArray(file));
        } else if (body != null) {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(Json.write(body)));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 400) {
                String problem = new String(answer.body(), StandardCharsets.UTF_8);
                throw new CreditException(answer.statusCode(), Json.object(problem));
            }
            return answer.body();
        } catch (IOException error) {
            throw new CreditException(error);
        } catch (InterruptedException error) {
            Thread.currentThread().interrupt();
            throw new CreditException(error);
        }
    }

    private static String asked(Map<String, ?> query) {
        StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
        query.forEach((name, value) -> parts.add(part(name) + "=" + part(String.valueOf(value))));
        return parts.toString();
    }
}
