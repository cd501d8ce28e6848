/** Speaks to the application that shows a view, KNIME or a report, through the service object which it hands to the module. */

let calls = 0;

const parsed = (value) => (typeof value === "string" && value !== "" ? JSON.parse(value) : value);

const failure = (error) => new Error([error.message, error.details ?? error.data?.details].filter(Boolean).join(" "));

export function connect(service) {
    const config = service.getConfig() ?? {};
    const call = async (serviceType, dataServiceRequest) => parsed(await service.callNodeDataService({
        nodeId: config.nodeId,
        projectId: config.projectId,
        workflowId: config.workflowId,
        extensionType: config.extensionType ?? "view",
        serviceType,
        dataServiceRequest,
    }));

    return {
        /** What the node gives at first. */
        async initialData() {
            let answer = parsed(config.initialData);
            if (!answer) {
                answer = await call("initial_data", "");
                answer = typeof answer?.result === "string" ? parsed(answer.result) : answer;
            }
            const error = answer?.userError ?? answer?.internalError;
            if (error) {
                throw failure(error);
            }
            return answer?.result;
        },

        /** Calls a method of the node's data service. */
        async data(method, ...params) {
            const answer = await call("data", JSON.stringify({ jsonrpc: "2.0", id: ++calls, method, params }));
            const response = parsed(answer?.result ?? answer);
            if (response?.error) {
                throw failure(response.error);
            }
            return response?.result;
        },
    };
}
