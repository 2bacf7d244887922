import java.util.Map;

/** What went wrong, as the service told it (RFC 9457): a stable code, what is wrong, and what to do. */
public final class CreditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String hint;
    private final String request;

    CreditException(int status, Map<String, Object> problem) {
        super(text(problem, "detail"));
        this.status = status;
        this.code = text(problem, "code");
        this.hint = text(problem, "hint");
        this.request = text(problem, "request");
    }

    CreditException(Exception cause) {
        super(cause.getMessage(), cause);
        this.status = 0;
        this.code = "request.not_sent";
        this.hint = "";
        this.request = "";
    }

    /** The HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /** The code, which never changes its meaning. */
    public String code() {
        return code;
    }

    /** What to do. */
    public String hint() {
        return hint;
    }

    /** The number of the request, to be told to whoever runs the service. */
    public String request() {
        return request;
    }

    private static String text(Map<String, Object> problem, String name) {
        Object value = problem.get(name);
        return value == null ? "" : value.toString();
    }
}
