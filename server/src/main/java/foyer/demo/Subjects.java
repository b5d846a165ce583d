package foyer.demo;

import java.util.List;
import java.util.Random;

/** What the demo company's meetings are about. */
final class Subjects {

  private static final List<String> AD_HOC =
      List.of(
          "需求评审", "版本发布讨论", "预算对账", "供应商比价", "客户投诉分析", "项目进度同步", "合同条款讨论", "设计方案走查", "活动筹备",
          "数据口径核对");
  private static final List<String> AD_HOC_MUNICH =
      List.of(
          "Release planning",
          "Design review",
          "Budget check",
          "Supplier offers",
          "Project status",
          "Data review");
  private static final List<String> SPECIAL =
      List.of("年度预算专题会", "信息安全专题会", "服务质量专题会", "新产品立项专题会", "成本控制专题会", "招聘计划专题会");
  private static final List<String> SPECIAL_MUNICH =
      List.of("Information security", "Annual budget", "European roadmap", "Service quality");
  private static final List<String> POSTS =
      List.of("后端工程师", "客户经理", "产品经理", "客服专员", "财务分析师", "视觉设计师");
  private static final List<String> POSTS_MUNICH =
      List.of("Account manager", "Backend engineer", "Office manager");
  private static final List<String> TRAINING =
      List.of("新员工入职培训", "消防安全培训", "客户服务礼仪培训", "信息安全培训", "办公软件培训");
  private static final List<String> TRAINING_MUNICH =
      List.of("Fire safety training", "Data protection training", "Onboarding");
  private static final List<String> COMPANIES =
      List.of("星河集团", "远山科技", "长风物流", "青禾食品", "海岳制造", "明德医疗", "云舟传媒", "金穗银行", "北辰能源", "和风酒店");
  private static final List<String> VISITORS =
      List.of("李先生", "王女士", "张总", "刘经理", "陈女士", "杨先生", "赵总监", "黄女士", "周先生", "吴经理");

  private Subjects() {}

  static String of(String type, House.Department department, Random random) {
    boolean munich = department.site().equals("munich");
    return switch (type) {
      case "regular" -> munich ? "Weekly meeting" : department.names().zh() + "周例会";
      case "special-topic" -> any(munich ? SPECIAL_MUNICH : SPECIAL, random);
      case "interview" ->
          munich ? "Interview: " + any(POSTS_MUNICH, random) : "面试：" + any(POSTS, random);
      case "training" -> any(munich ? TRAINING_MUNICH : TRAINING, random);
      case "new-client" -> any(COMPANIES, random) + "合作洽谈";
      case "return-visit" -> any(COMPANIES, random) + "回访";
      case "key-account" -> any(COMPANIES, random) + "来访接待";
      case "important-client" -> any(COMPANIES, random) + "高层沟通";
      default -> any(munich ? AD_HOC_MUNICH : AD_HOC, random);
    };
  }

  static String visitor(Random random) {
    return any(VISITORS, random) + "（" + any(COMPANIES, random) + "）";
  }

  static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
