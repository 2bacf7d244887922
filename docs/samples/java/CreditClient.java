import java.util.Map;

/** The API of jointsanction, one method an operation; made from its OpenAPI description by docs/java_client.py. */
public final class CreditClient extends CreditConnection {
    public CreditClient(String address, String key) {
        super(address, key);
    }

    /** 一键核查：一个主体在一个事项中适用哪些惩戒与激励措施。有结论即为 200，不论结论如何；未在名单上不是 404。 */
    public Map<String, Object> check(Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/checks", Map.of(), body, idempotencyKey);
    }

    /** 投标人批量核查：一次交易的全部投标人；同一 group 的为一个联合体。 */
    public Map<String, Object> checkTender(Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/tenders", Map.of(), body, idempotencyKey);
    }

    /** 批量核查：许多主体问同一个问题，依次作答；不能作答的一项给出错误，其余照常。 */
    public Map<String, Object> checkBatch(Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/batches", Map.of(), body, idempotencyKey);
    }

    /** 核查归档：本单位的一次核查、一次投标核查，号码和自然人姓名已脱敏；明文见查看明文。 */
    public Map<String, Object> getCheck(String number) {
        return send("GET", "/v1/checks/" + part(number), Map.of(), null, null);
    }

    /** 查看明文：本单位的一次核查，不脱敏；须写明理由，每次都记入审计。 */
    public Map<String, Object> revealCheck(String number, Map<String, ?> body) {
        return send("POST", "/v1/checks/" + part(number) + "/reveal", Map.of(), body, null);
    }

    /** 核验凭证：一份核查结果出具以后有没有改动，本库是否归档过，凭证之外的内容是否与归档一致。 */
    public Map<String, Object> verifyReceipt(Map<String, ?> body) {
        return send("POST", "/v1/receipts/verify", Map.of(), body, null);
    }

    /** 复查：本单位归档的核查，按现在的目录和名单再问一次，与当时的答案逐项比较，说明因何而变。 */
    public Map<String, Object> recheckReceipt(Map<String, ?> body) {
        return send("POST", "/v1/receipts/recheck", Map.of(), body, null);
    }

    /** 对外提供：一份核查结果中可以提供给他人的部分，依各份名单的公开属性。 */
    public Map<String, Object> discloseReceipt(Map<String, ?> body) {
        return send("POST", "/v1/receipts/disclose", Map.of(), body, null);
    }

    /** 执行计划：一次核查要求做什么：依法直接执行的，须由人决定的，各到哪一天应反馈。 */
    public Map<String, Object> getPlan(String number) {
        return send("GET", "/v1/checks/" + part(number) + "/plan", Map.of(), null, null);
    }

    /** 执行：登记执行：依法直接执行的一并登记，法律规定“可以”的只按具名的决定登记；dry_run 只试不写。 */
    public Map<String, Object> executePlan(String number, Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/checks/" + part(number) + "/execution", Map.of(), body, idempotencyKey);
    }

    /** 执行反馈：按名单记录反馈一项措施怎样实施：措施、依据、处理方式、结果、金额、日期、部门、经办人。 */
    public Map<String, Object> feedBack(Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/feedback", Map.of(), body, idempotencyKey);
    }

    /** 待反馈：本单位应反馈而未反馈的事项，期限最近的在前。 */
    public Map<String, Object> getPending(Map<String, ?> query) {
        return send("GET", "/v1/feedback/pending", query, null, null);
    }

    /** 统计分析：核查、命中、执行、反馈、按期反馈各有多少，按单位、地域、事项、名单、措施、实施部门和期间分组；运维、审计岗位统计全部单位，其余只统计本单位。 */
    public Map<String, Object> getStatistics(Map<String, ?> query) {
        return send("GET", "/v1/statistics", query, null, null);
    }

    /** 奖惩案例：本单位反馈的案例，每件附核验结果：合格，或者不合格及其原因。 */
    public Map<String, Object> getCases(Map<String, ?> query) {
        return send("GET", "/v1/cases", query, null, null);
    }

    /** 发起：发起联合奖惩：按措施对应的部门推送任务，或者推送给指定的部门。 */
    public Map<String, Object> initiate(Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/initiations", Map.of(), body, idempotencyKey);
    }

    /** 联合奖惩台账：本单位发起的、请本单位办理的联合奖惩，最新的在前。 */
    public Map<String, Object> getInitiations(Map<String, ?> query) {
        return send("GET", "/v1/initiations", query, null, null);
    }

    /** 一件联合奖惩：一件联合奖惩的主体（已脱敏）、任务、状态和各个步骤；明文见查看明文。 */
    public Map<String, Object> getInitiation(String number) {
        return send("GET", "/v1/initiations/" + part(number), Map.of(), null, null);
    }

    /** 查看明文：一件联合奖惩，主体不脱敏，限发起部门和被请求的部门；须写明理由，每次都记入审计。 */
    public Map<String, Object> revealInitiation(String number, Map<String, ?> body) {
        return send("POST", "/v1/initiations/" + part(number) + "/reveal", Map.of(), body, null);
    }

    /** 办理一步：响应、退回、执行、反馈由被请求的部门办理，重新发起、办结、撤销由发起部门办理。 */
    public Map<String, Object> advance(String number, Map<String, ?> body, String idempotencyKey) {
        return send("POST", "/v1/initiations/" + part(number) + "/steps", Map.of(), body, idempotencyKey);
    }

    /** 通报台账：本单位发出的、通报给本单位的，最新的在前；依名单的公开属性不得告知本账户的不列。 */
    public Map<String, Object> getNotices(Map<String, ?> query) {
        return send("GET", "/v1/notices", query, null, null);
    }

    /** 一份通报：一份通报，号码和自然人姓名已脱敏；说多少，看所依名单的公开属性。 */
    public Map<String, Object> getNotice(String number) {
        return send("GET", "/v1/notices/" + part(number), Map.of(), null, null);
    }

    /** 查看明文：一份通报，主体不脱敏；须写明理由，每次都记入审计。 */
    public Map<String, Object> revealNotice(String number, Map<String, ?> body) {
        return send("POST", "/v1/notices/" + part(number) + "/reveal", Map.of(), body, null);
    }

    /** 名单概况：目录中的各份名单，最近一次完整导入是哪一批、是否过期。 */
    public Map<String, Object> getLists() {
        return send("GET", "/v1/lists", Map.of(), null, null);
    }

    /** 导入批次：导入的文件，最新的在前。 */
    public Map<String, Object> getBatches(Map<String, ?> query) {
        return send("GET", "/v1/lists/batches", query, null, null);
    }

    /** 名单差异：自某一批次或者日期起新增、变更、结束的记录；号码和自然人姓名已脱敏；运维岗位。 */
    public Map<String, Object> getDifferences(Map<String, ?> query) {
        return send("GET", "/v1/lists/differences", query, null, null);
    }

    /** 导入名单：导入一个名单文件，内容即请求内容；任何一行有误则全部不写，imported 为 false 并列出各行。 */
    public Map<String, Object> importList(Map<String, ?> query, byte[] file) {
        return send("POST", "/v1/lists/import", query, file, null);
    }

    /** 条目说明：措施、名单、事项、依据文件、规则等任一条目的说明（Markdown）。 */
    public Map<String, Object> explain(Map<String, ?> query) {
        return send("GET", "/v1/explain", query, null, null);
    }

    /** 事项目录：全部事项，或者检索到的事项；credit_report_required 为须查阅信用报告。 */
    public Map<String, Object> searchMatters(Map<String, ?> query) {
        return send("GET", "/v1/matters", query, null, null);
    }

    /** 一个事项：一个事项；写代码或者核查时可以用的别名。 */
    public Map<String, Object> getMatter(String code) {
        return send("GET", "/v1/matters/" + part(code), Map.of(), null, null);
    }

    /** 措施目录：全部措施，或者检索到的、在某一事项中的措施。 */
    public Map<String, Object> searchMeasures(Map<String, ?> query) {
        return send("GET", "/v1/measures", query, null, null);
    }

    /** 一项措施：一项措施；依据等全文见条目说明。 */
    public Map<String, Object> getMeasure(String code) {
        return send("GET", "/v1/measures/" + part(code), Map.of(), null, null);
    }

    /** 本账户：本账户的单位、岗位、可以核查的事项和限额。 */
    public Map<String, Object> getMe() {
        return send("GET", "/v1/me", Map.of(), null, null);
    }

    /** 审计检索：审计记录，最新的在前，经办人只显示首字；按主体号码检索的，号码写在请求内容里，不写在地址里。 */
    public Map<String, Object> searchAudit(Map<String, ?> body) {
        return send("POST", "/v1/audit/search", Map.of(), body, null);
    }

    /** 推送概况：待推送、已推送、推送失败各有多少，以及最近的消息；不含消息内容。 */
    public Map<String, Object> getOutbox(Map<String, ?> query) {
        return send("GET", "/v1/outbox", query, null, null);
    }

    /** 核查报告：本单位一次归档核查、一次投标核查的报告：PDF/A，一页，自然人的号码和姓名已遮盖。 */
    public byte[] getReport(String number) {
        return fetch("GET", "/v1/reports/" + part(number), Map.of(), null, null);
    }
}
