/** Speaks to the application that shows a view, KNIME or a report, through the service object which it hands to the module. */

let calls = 0;

const parsed = (value) => (typeof value === "string" && value !== "" ? JSON.parse(value) : value);

const failure = (error) => new Error([error.message, error.details ?? error.data?.details].filter(Boolean).join(" "));

export function connect(service) {
    const config = service.getConfig() ?? {};
    const known = new Map();
    const call = async (serviceType, dataServiceRequest) => parsed(await service.callNodeDataService({
        nodeId: config.nodeId,
        projectId: config.projectId,
        workflowId: config.workflowId,
        extensionType: config.extensionType ?? "view",
        serviceType,
        dataServiceRequest,
    }));

    /** Calls a method of the node's data service. */
    const data = async (method, params) => {
        const answer = await call("data", JSON.stringify({ jsonrpc: "2.0", id: ++calls, method, params }));
        const response = parsed(answer?.result ?? answer);
        if (response?.error) {
            throw failure(response.error);
        }
        return response?.result;
    };

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

        /** Remembers an answer that came with the first data, so that it need not be asked for. */
        knows: (answer, method, ...params) => known.set(JSON.stringify([method, params]), answer),

        /**
         * A place of the view that shows one answer at a time. Answers may come out of order: one that a later question has
         * overtaken is dropped.
         *
         * @param show is given the answer
         * @param failed is given the error
         * @returns a function that asks: a method of the node's data service and its parameters
         */
        place(show, failed) {
            let last = 0;
            return async (method, ...params) => {
                const question = ++last;
                const key = JSON.stringify([method, params]);
                let shown = () => {};
                try {
                    const answer = known.has(key) ? known.get(key) : await data(method, params);
                    shown = () => show(answer);
                } catch (error) {
                    shown = () => failed(error);
                }
                if (question === last) {
                    shown();
                }
            };
        },
    };
}
